//! Read back with a second program.
