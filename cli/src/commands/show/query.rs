//! A query to the node: reads the answer, page by page if it is a list, and prints it.

use super::{
	age::Age,
	args::{At, Limit, PAGE},
};
use crate::{context::Context, error::Error, output::View, read, values::KindArg};
use serde_json::{Map, Value};

/// How often to read a list again from its beginning, if a later page is of another ranking.
const MAX_ATTEMPTS: usize = 5;

/// How a method returns pages.
#[derive(Clone, Copy)]
pub enum Pages {
	/// The next page begins after a given entry, and is of the same block.
	After,
	/// The next page begins after a given number of entries. The node ranks the list again from time to time, and a
	/// page is of the last ranking.
	Skip,
}

/// A query to the node, and how to print its answer.
pub struct Query {
	method: &'static str,
	params: Map<String, Value>,
	/// The text if the answer is `null`.
	missing: String,
	/// The text if the list is empty.
	empty: &'static str,
	/// Where in the answer the page of a list is.
	page: Option<(&'static str, Pages)>,
	limit: usize,
	/// The asset of amounts whose record does not name it.
	asset: Option<u32>,
	/// A list in the answer, and the text if it is empty.
	unless: Option<(&'static str, &'static str)>,
}

impl Query {
	/// A query without parameters.
	pub fn new(method: &'static str) -> Self {
		Self {
			method,
			params: Map::new(),
			missing: "it does not exist".into(),
			empty: "none",
			page: None,
			limit: usize::MAX,
			asset: None,
			unless: None,
		}
	}

	/// Adds a parameter, unless it is `null`.
	pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
		let value = value.into();
		if !value.is_null() {
			self.params.insert(name.into(), value);
		}
		self
	}

	/// Queries this block.
	pub fn at(self, at: &At) -> Self {
		self.with("at", at.at.map(|hash| format!("{hash:?}")))
	}

	/// Sets the text if the answer is `null`.
	pub fn missing(self, missing: impl Into<String>) -> Self {
		Self { missing: missing.into(), ..self }
	}

	/// Sets the text if the list is empty.
	pub fn empty(self, empty: &'static str) -> Self {
		Self { empty, ..self }
	}

	/// Declares that a list comes in pages: where it is in the answer, how pages follow each other, and how many
	/// entries to read.
	pub fn pages(self, path: &'static str, pages: Pages, limit: &Limit) -> Self {
		Self { page: Some((path, pages)), limit: limit.entries(), ..self }
	}

	/// Sets the asset of amounts whose record does not name it.
	pub fn of(self, kind: &KindArg) -> Self {
		Self { asset: kind.asset(), ..self }
	}

	/// Asks about an account as well, and sets the text if the answer has nothing of it.
	pub fn about(self, who: Option<String>) -> Self {
		let unless = who.is_some().then_some(("positions", "The account loses nothing."));
		Self { unless, ..self.with("who", who) }
	}

	/// Sends the query. The pages of a list are merged into one; all are of the same block.
	pub async fn fetch(&self, context: &Context) -> Result<Value, Error> {
		let Some((path, pages)) = self.page else {
			return self.fetch_page(context, self.params.clone()).await;
		};
		for _ in 0..MAX_ATTEMPTS {
			if let Some(answer) = self.read(context, path, pages).await? {
				return Ok(answer);
			}
		}
		Err(Error::Node {
			method: self.method.into(),
			code: None,
			message: "the node ranked the list again each time while it was read: ask for fewer entries"
				.into(),
		})
	}

	/// Reads a list. `None` if a page is of another block than the first.
	async fn read(&self, context: &Context, path: &str, pages: Pages) -> Result<Option<Value>, Error> {
		let mut params = self.params.clone();
		let (mut merged, mut items): (Option<Value>, Vec<Value>) = (None, vec![]);
		loop {
			params.insert("most".into(), self.limit.saturating_sub(items.len()).min(PAGE).into());
			let mut answer = self.fetch_page(context, params.clone()).await?;
			if merged.as_ref().is_some_and(|first| first["at"] != answer["at"]) {
				return Ok(None);
			}
			let page = at_path(&mut answer["value"], path);
			let next = page["next"].take();
			let found = match page["items"].take() {
				Value::Array(found) => found,
				_ => vec![],
			};
			items.extend(found);
			let cursor = match pages {
				Pages::After => "after",
				Pages::Skip => "skip",
			};
			// A page that refers to itself would never end.
			let ended = next.is_null() || params.get(cursor) == Some(&next) || items.len() >= self.limit;
			if let (Pages::After, false) = (pages, params.contains_key("at")) {
				params.insert("at".into(), answer["at"].clone());
			}
			params.insert(cursor.into(), next.clone());
			let answer = merged.get_or_insert(answer);
			if ended {
				let page = at_path(&mut answer["value"], path);
				page["items"] = items.into();
				page["next"] = next;
				return Ok(Some(answer.take()));
			}
		}
	}

	async fn fetch_page(&self, context: &Context, params: Map<String, Value>) -> Result<Value, Error> {
		let answer = context.chain.request(self.method, params.into()).await?;
		match answer["value"].is_null() {
			true => Err(Error::NotFound(self.missing.clone())),
			false => Ok(answer),
		}
	}

	/// Sends the query, and prints the answer.
	pub async fn print(&self, context: &Context) -> Result<(), Error> {
		let mut answer = self.fetch(context).await?;
		if context.out.is_json() {
			context.out.json(&answer);
			return Ok(());
		}
		let age = match self.page {
			Some(_) => Some(Age::of(context, &answer["at"]).await),
			None => None,
		};
		// A list that the node keeps can be old. Other answers are of the block that was asked for.
		let kept = matches!(self.page, Some((_, Pages::Skip)));
		let old = age.as_ref().filter(|age| kept && age.is_old());
		let mut value = answer["value"].take();
		let assets = restaked(self.method, &value).into_iter().chain(self.asset);
		let view = View::of(&context.chain, &context.out, &value, assets).await?;
		let path = self.page.map_or("", |(path, _)| path);
		match self.page.is_some() && path.is_empty() && is_empty(&value["items"]) || is_empty(&value) {
			true => context.out.line(&match old {
				Some(age) => format!(
					"{} in the node's list, which is old: it is of {age}. Try again in a moment",
					self.empty
				),
				None => self.empty.to_string(),
			}),
			false => context.out.line(&view.answer(self.method, &value, self.asset)),
		}
		if let Some((_, text)) = self.unless.filter(|(list, _)| is_empty(&value[list])) {
			context.out.line(&format!("\n{text}"));
		}
		if self.page.is_some() {
			self.note_rest(context, at_path(&mut value, path));
		}
		if let Some(age) = &age {
			let warning = if old.is_some() { ". The node's list is old: try again in a moment" } else { "" };
			context.out.note(&format!("\nAs of {age}{warning}."));
		}
		Ok(())
	}

	fn note_rest(&self, context: &Context, page: &Value) {
		if !page["next"].is_null() {
			let of = page["total"].as_u64().map(|total| format!(" of {total}")).unwrap_or_default();
			let shown = page["items"].as_array().map_or(0, Vec::len);
			context.out.note(&format!(
				"\nThere is more: these are {shown}{of}. --most {} or --all shows more.",
				PAGE * 10
			));
		}
	}
}

/// A query about an account: the given one, or that of the command.
pub fn of_account(
	method: &'static str,
	context: &Context,
	who: Option<&str>,
	at: &At,
) -> Result<Query, Error> {
	Ok(Query::new(method).with("who", context.account(who)?.to_string()).at(at))
}

/// Sends the query, and returns only the value.
pub async fn value_of(context: &Context, query: Query) -> Result<Value, Error> {
	Ok(query.fetch(context).await?["value"].take())
}

/// A part of a value, or the whole value.
fn at_path<'a>(value: &'a mut Value, path: &str) -> &'a mut Value {
	if path.is_empty() {
		value
	} else {
		&mut value[path]
	}
}

fn is_empty(list: &Value) -> bool {
	list.as_array().is_some_and(Vec::is_empty)
}

/// The assets that an answer is about.
pub fn restaked(method: &str, value: &Value) -> Vec<u32> {
	let listed = if method == "restaking_assets" { value.as_array() } else { None };
	listed.into_iter().flatten().filter_map(|asset| read::unsigned(&asset["id"])).collect()
}
