"""Requests and answers of one real course of business, shown in the API's description."""
