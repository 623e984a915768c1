//! How each pallet is configured, by concern.

pub mod accounts;
pub mod clock;
pub mod consensus;
pub mod economy;
pub mod fees;
pub mod governance;
pub mod system;
