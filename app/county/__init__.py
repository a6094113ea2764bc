"""县级汇总: many units' reports added up and written as a workbook. Must not know how one report is edited."""
