"""How it is shown: a renderer a medium, each drawing what `crmdata.content` says."""
