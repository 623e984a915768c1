//! Sends a call that was encoded elsewhere, or a transaction that was signed before.

use super::session::{connect, until_told};
use crate::{
	context::{Context, Global},
	error::Error,
	output::{plain, Out},
	runtime::RuntimeCall,
	scale,
	transaction::{perform, resume, Action, Signed},
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
	/// Decodes the call with the chain's metadata, and sends it.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let wrong = |error: String| Error::Usage(format!("this is not a call of the chain: {error}"));
		let bytes = written(&self.call).map_err(wrong)?;
		let at = context.chain.at_best().await?;
		let metadata = at.metadata_ref();
		let mut rest = bytes.as_slice();
		let call =
			RuntimeCall::decode_as_type(&mut rest, metadata.outer_enums().call_enum_ty(), metadata.types())
				.map_err(|error| wrong(error.to_string()))?;
		if !rest.is_empty() {
			return Err(wrong("there are bytes after it".into()));
		}
		let mut action = Action::new("send a call", call);
		let shown = scale::decode(&bytes, metadata.outer_enums().call_enum_ty(), metadata).map_err(wrong)?;
		action.exposure.push(("the call".into(), plain(&shown.to_string())));
		perform(context, action).await.map(|_| ())
	}
}

/// The arguments of `resend`, from an error with exit code 8. The chain is that of --genesis.
#[derive(clap::Args, Debug)]
pub struct Resend {
	/// The signed transaction in hex
	#[arg(value_name = "HEX")]
	pub signed: String,
	/// The last block that can include it
	#[arg(long, value_name = "BLOCK")]
	pub until: u64,
}

impl Resend {
	/// Sends the transaction until it is in a block or no block can include it any more. It may have been sent before,
	/// so after any failure its outcome is unknown, even if there is no node.
	pub async fn run(self, global: Global, out: Out) -> Result<(), Error> {
		let bytes = written(&self.signed).map_err(Error::Usage)?;
		let signed = Signed::of(bytes, self.until, global.genesis).map_err(Error::Usage)?;
		let sending = async {
			let context = connect(global, out).await?;
			until_told(&context, resume(&context, &signed)).await
		};
		sending.await.map_err(|error| error.of_resent(&signed))
	}
}

/// Decodes hexadecimal digits, with or without `0x`.
fn written(text: &str) -> Result<Vec<u8>, String> {
	hex::decode(text.strip_prefix("0x").unwrap_or(text)).map_err(|error| error.to_string())
}
