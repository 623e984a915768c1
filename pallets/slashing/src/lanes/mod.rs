//! The lanes through which a slash reaches the queue, one file each.

mod attested;
mod consensus;
