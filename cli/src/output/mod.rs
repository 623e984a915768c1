//! The output: answers go to standard output, and all other messages to standard error. For people at a terminal, for
//! programs with `--json`; plain text without a terminal.

mod clock;
pub mod schema;
mod terminal;
#[cfg(test)]
pub mod testing;
mod view;
mod words;

pub use clock::{duration, now, time, Clock};
pub use terminal::{is_plain, plain, steers};
pub use view::{units_in, View};

use crate::error::Error;
use comfy_table::{
	presets, Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width,
};
use serde_json::Value;
use std::{
	cell::{Cell as Shared, RefCell},
	io::{self, stderr, stdout, IsTerminal, StdoutLock, Write},
	sync::OnceLock,
};

/// The narrowest terminal that tables are made for, and the width without a terminal.
const WIDTH: u16 = 80;

/// Where to write, and how.
#[derive(Clone, Copy, Debug)]
pub struct Out {
	json: bool,
	plain: bool,
}

impl Out {
	/// From the options of the command line.
	pub fn new(json: bool, plain: bool) -> Self {
		Self { json, plain }
	}

	/// Whether the output is for a program.
	pub fn is_json(&self) -> bool {
		self.json
	}

	/// Whether standard output is a terminal that may have colours.
	fn is_fancy(&self, terminal: bool) -> bool {
		terminal
			&& !self.plain
			&& std::env::var_os("NO_COLOR").is_none()
			&& std::env::var("TERM").as_deref() != Ok("dumb")
	}

	/// One answer: the document for programs, the text for people.
	pub fn value(&self, json: &Value, human: &str) {
		match self.json {
			true => self.json(json),
			false => self.line(human),
		}
	}

	/// A JSON document in one line, so that a program can read a stream of them. Its texts may come from others and the
	/// output may be a terminal, so control characters are escaped, which is equivalent in JSON.
	pub fn json(&self, json: &Value) {
		self.line(&escaped_json(&json.to_string()));
	}

	/// A line of the answer. A write error is reported at the end, by [`finish`]: a command that sends has to continue,
	/// and one that only reports can check [`is_broken`].
	pub fn line(&self, text: &str) {
		write_answer(|out| writeln!(out, "{text}"));
	}

	/// Raw bytes of the answer.
	pub fn raw(&self, bytes: &[u8]) {
		write_answer(|out| out.write_all(bytes));
	}

	/// A long line of the answer: at a terminal, its continuation is indented.
	pub fn long_line(&self, text: &str) {
		match stdout().is_terminal() {
			true => self.line(&wrapped(text, self.width().into())),
			false => self.line(text),
		}
	}

	/// A note for people, on standard error.
	pub fn note(&self, text: &str) {
		if !self.json {
			say(text);
		}
	}

	/// Names and texts, on standard error.
	pub fn note_rows(&self, rows: &[(String, String)]) {
		if !self.json {
			let _ = writeln!(stderr(), "{}", pairs(rows, width(), self.is_fancy(stderr().is_terminal())));
		}
	}

	/// Names and texts, for a question at the terminal.
	pub fn question_rows(&self, rows: &[(String, String)]) -> String {
		pairs(rows, width(), self.is_fancy(true))
	}

	/// Names and texts, as an answer.
	pub fn rows(&self, rows: &[(String, String)]) {
		self.line(&pairs(rows, self.width(), self.is_bold()));
	}

	/// A table, as an answer.
	pub fn table(&self, header: &[&str], rows: Vec<Vec<String>>) {
		self.line(&grid(header, &[], rows, self.width(), self.is_bold()));
	}

	/// The heading of the following part, after an empty line.
	pub fn heading(&self, title: &str) {
		self.line(&format!("\n{}", heading(title, self.is_bold())));
	}

	/// The number of columns of standard output.
	pub fn width(&self) -> u16 {
		width()
	}

	/// Whether answers may be bold and dim.
	pub fn is_bold(&self) -> bool {
		self.is_fancy(stdout().is_terminal())
	}

	/// A progress line, rewritten at a terminal, and otherwise printed once for each text.
	pub fn progress(&self, text: &str) -> Progress {
		let progress = Progress {
			fancy: self.is_fancy(stderr().is_terminal()),
			quiet: self.json,
			open: Shared::new(false),
			said: Default::default(),
		};
		progress.say(text);
		progress
	}
}

/// The first error of standard output. Nothing is written after it.
static BROKEN: OnceLock<io::Error> = OnceLock::new();

fn write_answer(write: impl FnOnce(&mut StdoutLock) -> io::Result<()>) {
	if is_broken() {
		return;
	}
	let mut out = stdout().lock();
	if let Err(error) = write(&mut out).and_then(|()| out.flush()) {
		let _ = BROKEN.set(error);
	}
}

/// Whether standard output is closed.
pub fn is_broken() -> bool {
	BROKEN.get().is_some()
}

/// Reports an answer that could not be written. A reader that closed its end of a pipe is no error.
///
/// # Errors Standard output did not take all of it, for instance because a disk is full.
pub fn finish() -> Result<(), Error> {
	match BROKEN.get() {
		Some(error) => unwritten(error),
		None => Ok(()),
	}
}

/// The error for standard output.
pub fn unwritten(error: &io::Error) -> Result<(), Error> {
	match error.kind() {
		io::ErrorKind::BrokenPipe => Ok(()),
		_ => Err(Error::Io(format!("the answer could not be written to standard output: {error}"))),
	}
}

/// A line on standard error. Its text may come from others, and it may be a terminal. A write error is ignored, since
/// nobody could read it.
pub fn say(text: &str) {
	let text = text.split('\n').map(plain).collect::<Vec<_>>().join("\n");
	let _ = writeln!(stderr(), "{text}");
}

/// A JSON document on standard error.
pub fn say_json(json: &Value) {
	let _ = writeln!(stderr(), "{}", escaped_json(&json.to_string()));
}

/// The width of the terminal.
fn width() -> u16 {
	let mut table = Table::new();
	table.set_content_arrangement(ContentArrangement::Dynamic);
	table.width().unwrap_or(WIDTH).max(WIDTH)
}

/// Wraps a text to a number of columns. All lines but the first are indented.
fn wrapped(text: &str, width: usize) -> String {
	const INDENT: &str = "    ";
	let (mut lines, mut line) = (Vec::new(), String::new());
	for word in text.split(' ') {
		let more = line.chars().count() + 1 + word.chars().count() > width;
		if more && !line.trim().is_empty() {
			lines.push(std::mem::replace(&mut line, INDENT.into()));
		} else if !line.is_empty() {
			line.push(' ');
		}
		line.push_str(word);
	}
	lines.push(line);
	lines.join("\n")
}

/// The heading of a section.
fn heading(title: &str, bold: bool) -> String {
	let mut letters = title.chars();
	let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
	if bold {
		format!("\x1b[1m{title}\x1b[0m")
	} else {
		title
	}
}

/// A table in a number of columns. Cells in the columns `numbers` are right-aligned.
fn grid(header: &[&str], numbers: &[bool], rows: Vec<Vec<String>>, width: u16, bold: bool) -> String {
	let mut table = Table::new();
	table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
	table.set_header(header.iter().map(|name| match bold {
		true => Cell::new(name.to_uppercase()).add_attribute(Attribute::Bold),
		false => Cell::new(name.to_uppercase()),
	}));
	if bold {
		table.enforce_styling();
	}
	table.add_rows(rows);
	for (column, _) in numbers.iter().enumerate().filter(|(_, number)| **number) {
		if let Some(column) = table.column_mut(column) {
			column.set_cell_alignment(CellAlignment::Right);
		}
	}
	trimmed(&table)
}

/// Names and texts in a number of columns.
fn pairs(rows: &[(String, String)], width: u16, bold: bool) -> String {
	let mut table = Table::new();
	table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
	for (name, text) in rows {
		let name = Cell::new(format!("  {name}"));
		table.add_row([if bold { name.add_attribute(Attribute::Dim) } else { name }, Cell::new(text)]);
	}
	// Names are short: they never wrap.
	if let Some(column) = table.column_mut(0) {
		let longest = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
		column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(longest as u16 + 4)));
	}
	if bold {
		table.enforce_styling();
	}
	trimmed(&table)
}

/// The table without trailing blanks.
fn trimmed(table: &Table) -> String {
	table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// JSON with control characters escaped. They occur only in its strings.
fn escaped_json(json: &str) -> String {
	let mut out = String::with_capacity(json.len());
	for letter in json.chars() {
		match steers(letter) {
			true => letter
				.encode_utf16(&mut [0; 2])
				.iter()
				.for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
			false => out.push(letter),
		}
	}
	out
}

/// A step that takes time.
pub struct Progress {
	fancy: bool,
	quiet: bool,
	open: Shared<bool>,
	said: RefCell<String>,
}

impl Progress {
	/// Shows the progress.
	pub fn say(&self, text: &str) {
		if self.quiet || self.said.replace(text.into()) == text {
			return;
		}
		let (mut err, text) = (stderr(), plain(text));
		let _ = match self.fancy {
			true => write!(err, "\r\x1b[2K… {text}").and_then(|()| err.flush()),
			false => writeln!(err, "… {text}"),
		};
		self.open.set(true);
	}

	/// Ends it.
	pub fn done(self) {}
}

impl Drop for Progress {
	fn drop(&mut self) {
		if self.fancy && self.open.get() {
			let mut err = stderr();
			let _ = write!(err, "\r\x1b[2K").and_then(|()| err.flush());
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn long_lines_go_on_below() {
		assert_eq!(wrapped("block 7: nothing", 80), "block 7: nothing");
		assert_eq!(wrapped("block 7: one two three", 14), "block 7: one\n    two three");
		// A word that is too long is not broken here: the terminal does that.
		assert_eq!(
			wrapped(&format!("a {} b", "x".repeat(20)), 10),
			format!("a\n    {}\n    b", "x".repeat(20))
		);
		assert_eq!(wrapped("", 10), "");
	}

	#[test]
	fn json_steers_no_terminal_and_means_the_same() {
		let hostile = serde_json::json!({ "a\u{9b}b": "\u{1b}[2J\u{9b}31m\u{202e}\u{7f}\u{e0041}\r\n\"\\ä" });
		let text = escaped_json(&hostile.to_string());
		assert!(!text.chars().any(steers), "{text}");
		assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), hostile);
		assert!(text.contains('ä'));
	}
}
