"""All Streamlit code but the pages themselves: the frame, the reader's choices, the cache."""
