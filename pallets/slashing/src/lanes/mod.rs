//! The lanes by which a slash reaches the queue, one file each.

mod attested;
mod consensus;
