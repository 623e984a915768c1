//! Nothing runs here. This package asks for the features that some package of the workspace asks for, and the node and the
//! command line do not, so that all are compiled with the same: see `mainstay_packages` in `env.sh`.

fn main() {}
