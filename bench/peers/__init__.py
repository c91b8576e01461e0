"""Ringmaster beside HAProxy and nginx: starts them alike, loads them alike, and adds up what that came to."""
