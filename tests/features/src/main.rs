//! Nothing runs here. Cargo resolves features for the packages it is asked to test: one pallet alone has fewer of them
//! than all together, and would compile the SDK once more. This package asks for the rest, see `scripts/unit-test`.

fn main() {}
