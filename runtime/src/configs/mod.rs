//! The configuration of each pallet, one file for each subject.

pub mod accounts;
pub mod agenda;
pub mod clock;
pub mod consensus;
pub mod economy;
pub mod fees;
pub mod governance;
pub mod referenda_weights;
pub mod system;
pub mod tracks;
