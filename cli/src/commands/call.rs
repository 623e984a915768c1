//! Sending a call that was encoded elsewhere.

use crate::{
	context::Context,
	error::Error,
	runtime::RuntimeCall,
	transaction::{perform, Action},
};
use subxt::ext::scale_decode::DecodeAsType;

/// Send a call that was encoded elsewhere
#[derive(clap::Args, Debug)]
pub struct SendCall {
	/// The call in hex, as --print-call and polkadot.js print it
	#[arg(value_name = "HEX")]
	pub call: String,
}

impl SendCall {
	/// Decodes it by the chain's metadata, and sends it.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let wrong = |error: String| Error::Usage(format!("this is no call of the chain: {error}"));
		let bytes =
			hex::decode(self.call.trim_start_matches("0x")).map_err(|error| wrong(error.to_string()))?;
		let at = context.chain.at_best().await?;
		let metadata = at.metadata_ref();
		let mut rest = bytes.as_slice();
		let call =
			RuntimeCall::decode_as_type(&mut rest, metadata.outer_enums().call_enum_ty(), metadata.types())
				.map_err(|error| wrong(error.to_string()))?;
		if !rest.is_empty() {
			return Err(wrong("there are bytes behind it".into()));
		}
		perform(context, Action::new("send a call", call)).await.map(|_| ())
	}
}
