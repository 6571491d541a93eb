"""A bare Streamlit page with one chart."""

import plotly.graph_objects as go
import streamlit as st

st.title("One chart")
st.plotly_chart(go.Figure(go.Bar(x=list(range(30)), y=list(range(30)))), theme=None)
