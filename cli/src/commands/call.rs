//! Sending a call that was encoded elsewhere, and a transaction that was signed before.

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
	/// Decodes it by the chain's metadata, and sends it.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let wrong = |error: String| Error::Usage(format!("this is no call of the chain: {error}"));
		let bytes = written(&self.call).map_err(wrong)?;
		let at = context.chain.at_best().await?;
		let metadata = at.metadata_ref();
		let mut rest = bytes.as_slice();
		let call =
			RuntimeCall::decode_as_type(&mut rest, metadata.outer_enums().call_enum_ty(), metadata.types())
				.map_err(|error| wrong(error.to_string()))?;
		if !rest.is_empty() {
			return Err(wrong("there are bytes behind it".into()));
		}
		let mut action = Action::new("send a call", call);
		let shown = scale::decode(&bytes, metadata.outer_enums().call_enum_ty(), metadata).map_err(wrong)?;
		action.exposure.push(("the call".into(), plain(&shown.to_string())));
		perform(context, action).await.map(|_| ())
	}
}

/// The arguments of `resend`, as an error with exit code 8 gives them. The chain is that of --genesis.
#[derive(clap::Args, Debug)]
pub struct Resend {
	/// The signed transaction in hex
	#[arg(value_name = "HEX")]
	pub signed: String,
	/// The last block that can take it
	#[arg(long, value_name = "BLOCK")]
	pub until: u64,
}

impl Resend {
	/// Sends it until it is in a block or can be in none any more. It may have been sent before: whatever fails, the node that
	/// is not there included, leaves its end unknown.
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

/// The bytes that somebody wrote in hexadecimal digits, behind `0x` or not.
fn written(text: &str) -> Result<Vec<u8>, String> {
	hex::decode(text.strip_prefix("0x").unwrap_or(text)).map_err(|error| error.to_string())
}
