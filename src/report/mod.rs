//! Room 6: the audit to files.
