"""What was done to a picture, written into it so that anyone can check: `seal`, and `verify`.

Three records in each download: XMP with IPTC's digital source type, the `AIGC` field where a model
made pixels (GB 45438-2025), and signed content credentials (C2PA). All of it works offline: no
time stamp is asked for and no remote manifest is ever fetched.
"""
