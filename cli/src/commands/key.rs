//! `mainstay-cli key`: the keys in the key folder. These commands need no node.

use crate::keys::{self, check_name, KeyError, KeyFile, KeyOptions, Prefixes, Secret, Store, WORDS};
use clap::{builder::PossibleValuesParser, builder::TypedValueParser, Subcommand};
use serde_json::{json, Value};
use std::{
	fmt::Write,
	path::{Path, PathBuf},
};
use subxt::utils::AccountId32;
use zeroize::Zeroizing;

/// The answer of a command.
#[derive(Debug)]
pub struct Reply {
	/// For people.
	pub human: String,
	/// For programs.
	pub json: Value,
}

/// Make, keep and show keys. They are in $MAINSTAY_KEYS, else in ~/.config/mainstay/keys, in the format of polkadot.js.
#[derive(Clone, Debug, Subcommand)]
pub enum KeyCommand {
	/// Make a key and show its seed phrase, once.
	New {
		/// The key's name: a-z, 0-9, - and _.
		name: String,
		/// How many words the seed phrase has.
		#[arg(long, default_value = "12", value_parser = words_parser())]
		words: usize,
		/// Leave the key file unencrypted: whoever reads it has the key.
		#[arg(long)]
		no_password: bool,
	},
	/// Save an existing key, from its seed phrase or from a wallet's file.
	///
	/// Without --file and --keyfile, the command asks for the seed phrase, or reads it as a line of standard input.
	Import {
		/// The key's name: a-z, 0-9, - and _.
		name: String,
		/// The file with the seed phrase or the 0x seed, which may include a //derivation.
		#[arg(long, value_name = "FILE", conflicts_with = "keyfile")]
		file: Option<PathBuf>,
		/// The JSON file that polkadot.js or another wallet exported. It keeps its password.
		#[arg(long, value_name = "FILE")]
		keyfile: Option<PathBuf>,
		/// Leave the key file unencrypted: whoever reads it has the key.
		#[arg(long, conflicts_with = "keyfile")]
		no_password: bool,
	},
	/// List the keys and their addresses.
	List,
	/// Show the address and the public key of an account.
	Show {
		/// The name of a key, //Alice, a public key, or an address. For an address of another network, the address here
		/// is shown.
		who: String,
	},
	/// Remove a key. Without its seed phrase, the funds of its account are then lost.
	Remove {
		/// The key's name.
		name: String,
		/// Do not ask.
		#[arg(long)]
		force: bool,
	},
	/// Print a key file, for a wallet or a backup. It stays encrypted under its password.
	Export {
		/// The key's name.
		name: String,
	},
}

fn words_parser() -> impl TypedValueParser<Value = usize> {
	PossibleValuesParser::new(["12", "15", "18", "21", "24"]).map(|words| words.parse().unwrap_or(WORDS[0]))
}

/// Runs `command`. It blocks, because it may ask at the terminal.
pub fn run(command: KeyCommand, options: &KeyOptions) -> Result<Reply, KeyError> {
	run_in(&Store::of_user(), command, options)
}

fn run_in(store: &Store, command: KeyCommand, options: &KeyOptions) -> Result<Reply, KeyError> {
	match command {
		KeyCommand::New { name, words, no_password } => new(store, &name, words, no_password, options),
		KeyCommand::Import { name, keyfile: Some(file), .. } => import_file(store, &name, &file, options),
		KeyCommand::Import { name, file, no_password, .. } => {
			import_phrase(store, &name, file.as_deref(), no_password, options)
		},
		KeyCommand::List => list(store),
		KeyCommand::Show { who } => show(store, &who),
		KeyCommand::Remove { name, force } => remove(store, &name, force),
		KeyCommand::Export { name } => export(store, &name),
	}
}

fn new(
	store: &Store,
	name: &str,
	words: usize,
	no_password: bool,
	options: &KeyOptions,
) -> Result<Reply, KeyError> {
	store.vacant(name)?;
	let phrase = Secret::new_phrase(words)?;
	let file = seal(name, &Secret::parse(&phrase)?, no_password, options)?;
	// The key is saved before its phrase is shown: otherwise somebody could write down the phrase of a key that was
	// never saved.
	let path = store.save(name, &file)?;
	let page = Zeroizing::new(format!(
		"\nThe seed phrase of '{name}', {}:\n\n    {}\n\nWrite it down and keep it where nobody else sees it. Whoever \
		 has it has the account, and without it\nthe account is lost together with the key file. It is not shown \
		 again.\n\nPress Enter when you have written it down. ",
		file.address(),
		*phrase
	));
	let shown = keys::show_until_enter(&page);
	let mut reply = saved(name, &file, &path);
	reply.json["phraseShown"] = shown.into();
	if !shown {
		keys::warn(&format!(
			"there is no terminal to show the seed phrase on, so nobody has it: keep a copy of {}",
			path.display()
		));
	}
	Ok(reply)
}

fn import_phrase(
	store: &Store,
	name: &str,
	file: Option<&Path>,
	no_password: bool,
	options: &KeyOptions,
) -> Result<Reply, KeyError> {
	store.vacant(name)?;
	let text = match file {
		Some(file) => keys::secret_file(file)?,
		None => keys::secret_line("Seed phrase or 0x seed: ")?,
	};
	let file = seal(name, &Secret::parse(&text)?, no_password, options)?;
	let path = store.save(name, &file)?;
	Ok(saved(name, &file, &path))
}

/// Saves the file unchanged, once the password has opened it.
fn import_file(store: &Store, name: &str, file: &Path, options: &KeyOptions) -> Result<Reply, KeyError> {
	store.vacant(name)?;
	let from = file.display().to_string();
	let file = KeyFile::read(file)?;
	match file.encrypted() {
		true => file.open(&keys::password(options, &from)?)?,
		false => file.open("")?,
	};
	let path = store.save(name, &file)?;
	Ok(saved(name, &file, &path))
}

fn seal(name: &str, secret: &Secret, no_password: bool, options: &KeyOptions) -> Result<KeyFile, KeyError> {
	match no_password {
		true => KeyFile::seal(name, secret, None),
		false => KeyFile::seal(name, secret, Some(&keys::new_password(options)?)),
	}
}

fn saved(name: &str, file: &KeyFile, path: &Path) -> Reply {
	let note = if file.encrypted() { "" } else { ", not encrypted" };
	Reply {
		human: format!("{name} is {}\nsaved in {}{note}", file.address(), path.display()),
		json: json!({
			"name": name,
			"address": file.address().to_string(),
			"publicKey": hex(&file.address()),
			"file": path.display().to_string(),
			"encrypted": file.encrypted(),
		}),
	}
}

fn list(store: &Store) -> Result<Reply, KeyError> {
	let entries = store.entries()?;
	let folder = store.folder()?.display();
	if entries.is_empty() {
		return Ok(Reply {
			human: format!("no keys in {folder}: `mainstay-cli key new NAME` makes one"),
			json: json!({ "folder": folder.to_string(), "keys": [] }),
		});
	}
	let width = entries.iter().map(|entry| entry.name.chars().count()).max().unwrap_or_default();
	let mut human = String::new();
	let mut keys = Vec::new();
	for entry in entries {
		let shown = match &entry.address {
			Ok(address) if check_name(&entry.name).is_ok() => address.to_string(),
			Ok(address) => format!("{address}  (rename the file to give it a name)"),
			Err(error) => format!("cannot be used: {error}"),
		};
		let _ = writeln!(human, "{:width$}  {shown}", entry.name);
		keys.push(match entry.address {
			Ok(address) => {
				json!({ "name": entry.name, "address": address.to_string(), "publicKey": hex(&address) })
			},
			Err(error) => json!({ "name": entry.name, "error": error.to_string() }),
		});
	}
	human.truncate(human.trim_end().len());
	Ok(Reply { human, json: json!({ "folder": folder.to_string(), "keys": keys }) })
}

fn show(store: &Store, who: &str) -> Result<Reply, KeyError> {
	// The command is meant to show how an address of another network is written here.
	let address = keys::address_in(store, who, Prefixes::Any)?;
	let public = hex(&address);
	// If two keys have the same address, the name that was given.
	let named = check_name(who).is_ok().then(|| who.to_owned());
	let label = named.or_else(|| keys::labels(store).remove(&address.0));
	let name = label.as_ref().map(|label| format!("name        {label}\n")).unwrap_or_default();
	Ok(Reply {
		human: format!("{name}address     {address}\npublic key  {public}"),
		json: json!({ "name": label, "address": address.to_string(), "publicKey": public }),
	})
}

fn remove(store: &Store, name: &str, force: bool) -> Result<Reply, KeyError> {
	let path = store.existing(name)?;
	// Damaged files can be removed as well.
	let address = KeyFile::read(&path).map(|file| file.address().to_string()).ok();
	if !force {
		let question = format!(
			"{name} is {}. Without its seed phrase, what it holds is lost with {}.\nType its name to remove it: ",
			address.as_deref().unwrap_or("damaged"),
			path.display()
		);
		if keys::prompt(&question, "pass --force to remove it without being asked")? != name {
			return Err(KeyError::Cancelled);
		}
	}
	store.remove(name)?;
	Ok(Reply {
		human: format!("{name} is removed"),
		json: json!({ "name": name, "address": address, "file": path.display().to_string(), "removed": true }),
	})
}

fn export(store: &Store, name: &str) -> Result<Reply, KeyError> {
	let path = store.existing(name)?;
	let file = KeyFile::read(&path)?;
	if !file.encrypted() {
		keys::warn("this key file is not encrypted: whoever reads it has the key");
	}
	let contents: Value = serde_json::from_str(file.text())
		.map_err(|error| KeyError::NotAKeyFile { path: path.clone(), reason: error.to_string() })?;
	Ok(Reply {
		human: file.text().trim_end().into(),
		json: json!({ "name": name, "file": path.display().to_string(), "contents": contents }),
	})
}

fn hex(address: &AccountId32) -> String {
	format!("0x{}", hex::encode(address.0))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::testing::*;
	use clap::Parser;

	#[derive(Parser)]
	struct Program {
		#[command(subcommand)]
		command: KeyCommand,
	}

	/// Runs `mainstay-cli key` with these arguments, and with the password in a file.
	fn key(folder: &Folder, password: Option<&str>, args: &[&str]) -> Result<Reply, KeyError> {
		let command = Program::try_parse_from([&["key"], args].concat())
			.unwrap_or_else(|error| panic!("{error}"))
			.command;
		let password_file = password.map(|password| folder.write("password", &format!("{password}\n")));
		run_in(&folder.store(), command, &KeyOptions { password_file, ..Default::default() })
	}

	fn opened(folder: &Folder, name: &str, password: &str) -> Result<[u8; 32], KeyError> {
		let path = folder.store().existing(name)?;
		KeyFile::read(&path)?.open(password).map(|key| key.public_key().0)
	}

	#[test]
	fn the_arguments_are_sound() {
		use clap::CommandFactory;
		Program::command().debug_assert();
		for wrong in
			[&["new"][..], &["new", "a", "--words", "13"], &["import", "a", "--file", "x", "--keyfile", "y"]]
		{
			assert!(Program::try_parse_from([&["key"], wrong].concat()).is_err());
		}
	}

	#[test]
	fn a_new_key_is_saved_under_its_password() {
		let folder = Folder::new();
		store_without_terminal(&folder);
		let reply = key(&folder, None, &["show", "fresh"]).unwrap();
		assert_eq!(
			reply.json["publicKey"],
			format!("0x{}", hex::encode(opened(&folder, "fresh", "secret").unwrap()))
		);
		assert!(matches!(opened(&folder, "fresh", ""), Err(KeyError::WrongPassword { .. })));
	}

	/// Makes a key without showing the phrase, which would wait for Enter at a developer's terminal.
	fn store_without_terminal(folder: &Folder) {
		let phrase = Secret::new_phrase(24).unwrap();
		let options =
			KeyOptions { password_file: Some(folder.write("password", "secret")), ..Default::default() };
		let file = seal("fresh", &Secret::parse(&phrase).unwrap(), false, &options).unwrap();
		folder.store().save("fresh", &file).unwrap();
	}

	#[test]
	fn a_name_that_is_taken_or_wrong_is_refused_before_any_question() {
		let folder = Folder::new();
		folder.store().save("a", &sealed("//Alice", None)).unwrap();
		for args in [&["new", "a"][..], &["import", "a"], &["import", "a", "--keyfile", "/no/such"]] {
			assert!(matches!(key(&folder, None, args), Err(KeyError::KeyExists { .. })));
		}
		assert!(matches!(key(&folder, None, &["new", "A"]), Err(KeyError::BadName { .. })));
		assert!(matches!(key(&folder, None, &["import", "../a"]), Err(KeyError::BadName { .. })));
		assert!(matches!(key(&folder, Some(""), &["new", "b"]), Err(KeyError::EmptyPassword)));
		assert!(key(&folder, None, &["show", "b"]).is_err());
	}

	#[test]
	fn phrases_and_key_files_are_imported() {
		let folder = Folder::new();
		let seed = folder.write("seed", ALICE_SEED);
		let reply = key(&folder, Some("one"), &["import", "a", "--file", &seed]).unwrap();
		assert_eq!(reply.json["encrypted"], true);
		assert_eq!(opened(&folder, "a", "one").unwrap(), public("//Alice"));
		let reply = key(&folder, Some("one"), &["import", "open", "--file", &seed, "--no-password"]).unwrap();
		assert_eq!(reply.json["encrypted"], false);
		assert!(reply.human.ends_with("not encrypted"));

		let exported = key(&folder, None, &["export", "a"]).unwrap();
		let file = folder.write("exported.json", &exported.human);
		let wrong = key(&folder, Some("two"), &["import", "b", "--keyfile", &file]);
		assert!(matches!(wrong, Err(KeyError::WrongPassword { .. })));
		key(&folder, Some("one"), &["import", "b", "--keyfile", &file]).unwrap();
		assert_eq!(opened(&folder, "b", "one").unwrap(), public("//Alice"));
		let file = folder.write("contents.json", &exported.json["contents"].to_string());
		key(&folder, Some("one"), &["import", "c", "--keyfile", &file]).unwrap();
	}

	#[test]
	fn keys_are_listed_shown_and_removed() {
		let folder = Folder::new();
		assert_eq!(key(&folder, None, &["list"]).unwrap().json["keys"], json!([]));
		folder.store().save("alice", &sealed("//Alice", None)).unwrap();
		let eve = AccountId32(public("//Eve")).to_string();
		folder.write(&format!("keys/{eve}.json"), sealed("//Eve", None).text());
		folder.write("keys/broken.json", "{");

		let reply = key(&folder, None, &["list"]).unwrap();
		let lines: Vec<_> = reply.human.lines().collect();
		assert!(lines[0].contains("rename"));
		assert!(
			lines[1].starts_with("alice ")
				&& lines[1].ends_with("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY")
		);
		assert!(lines[2].contains("cannot be used"));
		assert_eq!(reply.json["keys"][1]["name"], "alice");

		let address = AccountId32(public("//Alice")).to_string();
		for who in ["alice", "//Alice", &address] {
			let reply = key(&folder, None, &["show", who]).unwrap();
			assert_eq!(reply.json["name"], "alice");
			assert_eq!(reply.json["address"], address);
		}
		assert_eq!(key(&folder, None, &["show", "//Bob//x"]).unwrap().json["name"], Value::Null);

		key(&folder, None, &["remove", "alice", "--force"]).unwrap();
		key(&folder, None, &["remove", "broken", "--force"]).unwrap();
		assert!(matches!(
			key(&folder, None, &["remove", "alice", "--force"]),
			Err(KeyError::NoSuchKey { .. })
		));
		assert!(matches!(key(&folder, None, &["export", "alice"]), Err(KeyError::NoSuchKey { .. })));
	}
}
