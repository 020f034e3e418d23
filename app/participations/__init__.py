"""The wellbeing services county's part in an assessment, a plan or a review, by invitation.

Finnish: hyvinvointialueen osallistuminen; Swedish: välfärdsområdets deltagande. 681/2023 §§ 14.4, 20.2, 22.2, 79.2, 80.1.
"""
