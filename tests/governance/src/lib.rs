//! The origin of governance is configurable. This crate has a runtime of our pallets that a council governs. Its tests
//! show that the council and root can send every privileged call, and that nobody else can.

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
