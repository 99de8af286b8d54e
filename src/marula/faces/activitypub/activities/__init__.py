"""Activities of people of other servers, one file for each type: what it does here.

Spec: ActivityPub, 7; federation practice, inbox rules for each type
"""
