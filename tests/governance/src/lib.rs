//! Who governs the chain is configuration: a runtime of our pallets in which a council does, with the tests that it
//! reaches every privileged call, as root does, and that nobody else does.

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
