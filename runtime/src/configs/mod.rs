//! The configuration of each pallet, one file for each subject.

pub mod accounts;
pub mod clock;
pub mod consensus;
pub mod economy;
pub mod fees;
pub mod governance;
pub mod system;
