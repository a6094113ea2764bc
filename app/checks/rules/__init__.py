"""The rules themselves: a file or a few for each group of ids, whose letter its name begins with (N-07: n_review.py).

A rule looks at a CheckContext and yields findings; it must not know who shows them.
"""

# Findings of one section and one grade come in this order of files. A file that is not named here comes behind them.
ORDER = (
    *("t_equations", "t_blanks", "t_figures", "x_between_tables", "y_last_year"),  # the tables
    *(
        "s_structure",
        "s_years",
        "s_identity",
        "n_requests",
        "n_fee",
        "n_carried",
        "n_together",
        "n_results",
        "n_review",
        "n_documents",
        "s_content",
        "s_pictures",
        "s_introduction",
    ),  # report and tables
    *(
        "d_citations",
        "i_arithmetic",
        "i_percentages",
        "i_changes",
        "i_same_values",
        "i_lists",
        "i_claims",
        "i_repetitions",
    ),  # the texts
    *("d_leftovers", "y_similarity", "d_typography", "d_wording"),
    "p_demands",  # the county
)
