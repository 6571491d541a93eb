"""All Streamlit code but the pages themselves: a folder a page, and what they share."""
