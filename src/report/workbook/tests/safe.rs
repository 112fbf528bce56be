//! What inputs must not do.
