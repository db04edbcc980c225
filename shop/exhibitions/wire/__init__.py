"""The words that devices and the server share: what an event looks like, and what is said when it is not taken."""
