//! The registry of methods, and the document that describes them. A method is registered with the types of its
//! parameters and of its answer. `rpc.discover` is made from the same types, so it always matches the methods.

use super::{chain::Chain, connection::Connection, error::Error, feed::Feed};
use crate::client::FullClient;
use jsonrpsee::{
	types::{ErrorObjectOwned, Params},
	Extensions, PendingSubscriptionSink, RpcModule, SubscriptionCloseResponse, SubscriptionMessage,
};
use mainstay_runtime::Hash;
use sc_rpc::DenyUnsafe;
use schemars::{generate::SchemaSettings, JsonSchema, Schema, SchemaGenerator};
use serde::{
	de::{DeserializeOwned, Error as _},
	Deserialize, Deserializer, Serialize,
};
use serde_json::{json, Map, Value};
use sp_api::ApiError;
use std::{future::Future, sync::Arc};

/// What the methods work with.
pub struct Context {
	/// The chain.
	pub chain: Chain,
	/// What final blocks changed.
	pub feed: Feed,
}

impl Context {
	/// The connection that a call came by. A call of the node itself gets a connection of its own.
	fn connection(&self, extensions: &Extensions) -> Connection {
		extensions.get().cloned().unwrap_or_else(|| self.chain.limits().connection())
	}
}

/// The parameters of a method that reads the state at a block.
pub trait Query: DeserializeOwned + JsonSchema + Send + 'static {
	/// The block, if one was given.
	fn at(&self) -> Option<Hash>;
}

/// Declares the parameters of a method. Callers give them by name, or in this order.
macro_rules! parameters {
	($(#[$attr:meta])* struct $name:ident { $($(#[$field_attr:meta])* $field:ident : $ty:ty,)* }) => {
		$(#[$attr])*
		#[derive(serde::Deserialize, schemars::JsonSchema)]
		#[serde(rename_all = "camelCase", deny_unknown_fields)]
		struct $name {
			$($(#[$field_attr])* $field: $ty,)*
		}
	};
}

/// Declares the parameters of a method that reads the state at a block: these, and the block.
macro_rules! query {
	($(#[$attr:meta])* struct $name:ident { $($(#[$field_attr:meta])* $field:ident : $ty:ty,)* }) => {
		$crate::rpc::registry::parameters! {
			$(#[$attr])*
			struct $name {
				$($(#[$field_attr])* $field: $ty,)*
				/// The hash of the block whose state is read; the best block's unless given.
				#[serde(default)]
				at: Option<$crate::rpc::registry::BlockHash>,
			}
		}

		impl $crate::rpc::registry::Query for $name {
			fn at(&self) -> Option<mainstay_runtime::Hash> {
				self.at.as_ref().map(|at| at.0)
			}
		}
	};
}

pub(super) use {parameters, query};

/// The hash of a block in parameters and answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct BlockHash(pub Hash);

impl<'de> Deserialize<'de> for BlockHash {
	fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
		let text = String::deserialize(input)?;
		let hash = text
			.strip_prefix("0x")
			.filter(|digits| digits.len() == 64)
			.and_then(|digits| digits.parse().ok());
		hash.map(Self).ok_or_else(|| D::Error::custom("expected a hash: 0x and 64 hexadecimal digits"))
	}
}

impl JsonSchema for BlockHash {
	fn schema_name() -> std::borrow::Cow<'static, str> {
		"BlockHash".into()
	}

	fn json_schema(_: &mut SchemaGenerator) -> Schema {
		schemars::json_schema!({
			"type": "string",
			"pattern": "^0x[0-9a-fA-F]{64}$",
			"description": "The hash of a block."
		})
	}
}

/// An answer, and the block it was read at.
#[derive(Clone, Serialize)]
pub struct Reply<R> {
	/// The block.
	pub at: BlockHash,
	/// The answer.
	pub value: R,
}

/// The names of a subscription's methods and of its notifications.
pub struct SubscriptionNames {
	pub subscribe: &'static str,
	pub notification: &'static str,
	pub unsubscribe: &'static str,
}

/// Parses parameters given by name or by position.
fn parse<P: DeserializeOwned>(params: &Params) -> Result<P, ErrorObjectOwned> {
	// No parameters at all are an empty list.
	let text = params.as_str().unwrap_or("[]");
	serde_json::from_str(text).map_err(|error| {
		let code = jsonrpsee::types::ErrorCode::InvalidParams.code();
		ErrorObjectOwned::owned(code, format!("Invalid params: {error}"), None::<()>)
	})
}

/// The methods that are registered so far.
pub struct Registry {
	module: RpcModule<Context>,
	schemas: SchemaGenerator,
	methods: Vec<Value>,
}

impl Registry {
	pub fn new(context: Arc<Context>) -> Self {
		let settings = SchemaSettings::draft07().with(|settings| {
			settings.definitions_path = "/components/schemas".into();
			settings.meta_schema = None;
		});
		Self { module: RpcModule::from_arc(context), schemas: settings.into_generator(), methods: Vec::new() }
	}

	/// Adds a method that queries the runtime at a block.
	pub fn read<Q: Query, R: Serialize + JsonSchema + Clone + Send + 'static>(
		&mut self,
		name: &'static str,
		description: &str,
		read: fn(&FullClient, Hash, Q) -> Result<R, ApiError>,
	) {
		self.method(name, description, move |context: Arc<Context>, connection, query: Q| async move {
			let at = query.at();
			let value = context.chain.query(&connection, at, move |client, at| read(client, at, query));
			let (at, value) = value.await?;
			Ok(Reply { at: BlockHash(at), value })
		});
	}

	/// Adds a method.
	pub fn method<P, R, Fut>(
		&mut self,
		name: &'static str,
		description: &str,
		answer: impl Fn(Arc<Context>, Connection, P) -> Fut + Clone + Send + Sync + 'static,
	) where
		P: DeserializeOwned + JsonSchema + Send + 'static,
		R: Serialize + JsonSchema + Clone + Send + 'static,
		Fut: Future<Output = Result<Reply<R>, Error>> + Send,
	{
		self.describe_reply::<P, R>(name, description, json!({}), &Error::OF_QUERIES);
		let registered = self.module.register_async_method(name, move |params, context, extensions| {
			let answer = answer.clone();
			let parsed = parse::<P>(&params);
			let connection = context.connection(&extensions);
			async move { answer(context, connection, parsed?).await.map_err(ErrorObjectOwned::from) }
		});
		registered.expect("the names of methods are written here, and each once");
	}

	/// Adds a command: a method that only the node's owner may call.
	pub fn command<P, R, Fut>(
		&mut self,
		name: &'static str,
		description: &str,
		run: impl Fn(P) -> Fut + Clone + Send + Sync + 'static,
	) where
		P: DeserializeOwned + JsonSchema + Send + 'static,
		R: Serialize + JsonSchema + Clone + Send + 'static,
		Fut: Future<Output = Result<Reply<R>, Error>> + Send,
	{
		self.describe_reply::<P, R>(name, description, json!({ "x-owner": true }), &Error::OF_COMMANDS);
		let registered = self.module.register_async_method(name, move |params, _, extensions| {
			let run = run.clone();
			// The SDK's own check, with its error.
			let allowed = extensions.get().copied().unwrap_or(DenyUnsafe::Yes).check_if_safe();
			let parsed = parse::<P>(&params);
			async move {
				allowed?;
				run(parsed?).await.map_err(ErrorObjectOwned::from)
			}
		});
		registered.expect("the names of methods are written here, and each once");
	}

	/// Describes a method that returns a block and a value.
	fn describe_reply<P: JsonSchema, R: JsonSchema>(
		&mut self,
		name: &str,
		description: &str,
		mut more: Value,
		errors: &[&'static str],
	) {
		more["result"] = json!({
			"name": "reply",
			"schema": {
				"type": "object",
				"required": ["at", "value"],
				"properties": {
					"at": self.schemas.subschema_for::<BlockHash>(),
					"value": self.schemas.subschema_for::<R>(),
				},
			},
		});
		self.describe::<P>(name, description, more, errors);
	}

	/// Adds a subscription. The follower that `begin` makes runs until it fails or the subscriber is gone.
	pub fn subscription<P, S, I, Fut>(
		&mut self,
		names: SubscriptionNames,
		description: &str,
		begin: impl Fn(Arc<Context>, Connection, P) -> Fut + Clone + Send + Sync + 'static,
	) where
		P: DeserializeOwned + JsonSchema + Send + 'static,
		S: super::feed::Follower<Item = I>,
		I: JsonSchema,
		Fut: Future<Output = Result<(S, u32), Error>> + Send,
	{
		let SubscriptionNames { subscribe, notification, unsubscribe } = names;
		let extension = json!({
			"result": { "name": "subscription", "schema": { "type": ["string", "integer"] } },
			"x-subscription": {
				"notification": notification,
				"unsubscribe": unsubscribe,
				"item": self.schemas.subschema_for::<I>(),
			},
		});
		self.describe::<P>(subscribe, description, extension, &Error::OF_QUERIES);
		let registered = self.module.register_subscription(
			subscribe,
			notification,
			unsubscribe,
			move |params, pending: PendingSubscriptionSink, context, extensions| {
				let begin = begin.clone();
				let parsed = parse::<P>(&params);
				let connection = context.connection(&extensions);
				async move {
					let begun = async {
						let parameters = parsed?;
						let counted = connection.subscribe()?;
						let (follower, from) = begin(context.clone(), connection, parameters).await?;
						Ok::<_, ErrorObjectOwned>((counted, follower, from))
					};
					let (_counted, follower, from) = match begun.await {
						Ok(begun) => begun,
						Err(error) => {
							pending.reject(error).await;
							return SubscriptionCloseResponse::None;
						},
					};
					let Ok(sink) = pending.accept().await else { return SubscriptionCloseResponse::None };
					let ended = context.feed.follow(follower, from, &sink).await;
					match ended.map_err(ErrorObjectOwned::from) {
						Ok(()) => SubscriptionCloseResponse::None,
						Err(error) => SubscriptionMessage::from_json(&error)
							.map_or(SubscriptionCloseResponse::None, SubscriptionCloseResponse::NotifErr),
					}
				}
			},
		);
		registered.expect("the names of methods are written here, and each once");
	}

	/// Describes the parameters of a method, and whatever `more` holds.
	fn describe<P: JsonSchema>(
		&mut self,
		name: &str,
		description: &str,
		more: Value,
		errors: &[&'static str],
	) {
		let schema = P::json_schema(&mut self.schemas).to_value();
		let required: Vec<_> = schema["required"].as_array().cloned().unwrap_or_default();
		let properties = schema["properties"].as_object().cloned().unwrap_or_default();
		let params: Vec<_> = properties
			.into_iter()
			.map(|(name, mut schema)| {
				let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
				json!({
					"name": name,
					"description": description,
					"required": required.contains(&Value::from(name.as_str())),
					"schema": schema,
				})
			})
			.collect();
		let errors: Vec<_> =
			errors.iter().map(|name| json!({ "$ref": format!("#/components/errors/{name}") })).collect();
		let mut method = Map::new();
		method.insert("name".into(), name.into());
		method.insert("description".into(), description.into());
		method.insert("paramStructure".into(), "either".into());
		method.insert("params".into(), params.into());
		if let Value::Object(more) = more {
			method.extend(more);
		}
		method.insert("errors".into(), errors.into());
		self.methods.push(method.into());
	}

	/// All methods, with `rpc.discover`, which describes them.
	pub fn finish(mut self) -> RpcModule<Context> {
		let errors: Map<_, _> = Error::LIST
			.iter()
			.map(|(code, name, help)| (name.to_string(), json!({ "code": code, "message": help })))
			.collect();
		let document = Arc::new(json!({
			"openrpc": "1.3.2",
			"info": {
				"title": "Mainstay",
				"description": "The methods of a Mainstay node beyond those of every Substrate node.",
				"version": env!("CARGO_PKG_VERSION"),
			},
			"methods": self.methods,
			"components": { "schemas": self.schemas.take_definitions(true), "errors": errors },
		}));
		let registered = self.module.register_method("rpc.discover", move |_, _, _| Value::clone(&document));
		registered.expect("the names of methods are written here, and each once");
		self.module
	}
}
