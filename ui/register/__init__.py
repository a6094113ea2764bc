"""申请登记 over the page of 表三. Must not know the other tables."""
