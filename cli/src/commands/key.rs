//! `mainstay-cli key`: the keys in the key folder. These commands need no node.

use crate::keys::{
	self, check_name, KeyError, KeyFile, KeyOptions, Keypair, Prefixes, PublicKey, Secret, Store, WORDS,
};
use clap::{builder::PossibleValuesParser, builder::TypedValueParser, Subcommand};
use serde_json::{json, Value};
use std::{
	fmt::Write,
	path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The answer of a command.
#[derive(Debug)]
pub struct Reply {
	/// For people.
	pub human: String,
	/// For programs.
	pub json: Value,
}

/// Make, keep and show keys.
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
		KeyCommand::Show { who } => show(store, &who, options),
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
	let file = seal(name, &key(&phrase, options)?, no_password, options)?;
	// The key is saved before its phrase is shown: otherwise somebody could write down the phrase of a key that was
	// never saved.
	let path = store.save(name, &file)?;
	let page = Zeroizing::new(format!(
		"\nThe seed phrase of '{name}', {} of {}:\n\n    {}\n\nWrite it down and keep it where nobody else sees it. Whoever \
		 has it has the account, and without it\nthe account is lost together with the key file. It is not shown \
		 again.\n\nPress Enter when you have written it down. ",
		file.account(),
		file.public().scheme(),
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
	let file = seal(name, &key(&text, options)?, no_password, options)?;
	let path = store.save(name, &file)?;
	Ok(saved(name, &file, &path))
}

/// Saves the file unchanged, once the password has opened it.
fn import_file(store: &Store, name: &str, file: &Path, options: &KeyOptions) -> Result<Reply, KeyError> {
	store.vacant(name)?;
	let from = file.display().to_string();
	let file = KeyFile::read(file)?;
	file.check_scheme(options.scheme)?;
	match file.encrypted() {
		true => file.open(&keys::password(options, &from)?)?,
		false => file.open("")?,
	};
	let path = store.save(name, &file)?;
	Ok(saved(name, &file, &path))
}

/// The key pair of a secret, in the scheme on the command line.
fn key(secret: &str, options: &KeyOptions) -> Result<Keypair, KeyError> {
	Secret::parse(secret)?.keypair(options.scheme.unwrap_or_default())
}

fn seal(name: &str, key: &Keypair, no_password: bool, options: &KeyOptions) -> Result<KeyFile, KeyError> {
	match no_password {
		true => KeyFile::seal(name, key, None),
		false => KeyFile::seal(name, key, Some(&keys::new_password(options)?)),
	}
}

fn saved(name: &str, file: &KeyFile, path: &Path) -> Reply {
	let note = if file.encrypted() { "" } else { ", not encrypted" };
	let mut json = described(name, &file.public());
	json["file"] = path.display().to_string().into();
	json["encrypted"] = file.encrypted().into();
	Reply {
		human: format!(
			"{name} is {}, of {}\nsaved in {}{note}",
			file.account(),
			file.public().scheme(),
			path.display()
		),
		json,
	}
}

/// A public key and its name, for programs.
fn described(name: impl Into<Value>, public: &PublicKey) -> Value {
	let name: Value = name.into();
	json!({
		"name": name,
		"address": public.account().to_string(),
		"publicKey": hex(public.bytes()),
		"scheme": public.scheme().name(),
	})
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
		let shown = match &entry.public {
			Ok(public) => {
				let address = public.account();
				let rename = "  (rename the file to give it a name)";
				let rename = if check_name(&entry.name).is_ok() { "" } else { rename };
				format!("{address}  {}{rename}", public.scheme())
			},
			Err(error) => format!("cannot be used: {error}"),
		};
		let _ = writeln!(human, "{:width$}  {shown}", entry.name);
		keys.push(match &entry.public {
			Ok(public) => described(entry.name, public),
			Err(error) => json!({ "name": entry.name, "error": error.to_string() }),
		});
	}
	human.truncate(human.trim_end().len());
	Ok(Reply { human, json: json!({ "folder": folder.to_string(), "keys": keys }) })
}

fn show(store: &Store, who: &str, options: &KeyOptions) -> Result<Reply, KeyError> {
	// If two keys have the same address, the name that was given.
	let named = check_name(who).is_ok().then(|| who.to_owned());
	let public = match &named {
		Some(name) => {
			let file = KeyFile::read(&store.existing(name)?)?;
			file.check_scheme(options.scheme)?;
			Some(file.public())
		},
		None if who.trim().starts_with("//") => Some(key(who, options)?.public()),
		None => None,
	};
	let account = match public {
		Some(public) => public.account(),
		// The command is meant to show how an address of another network is written here.
		None => keys::address_in(store, who, Prefixes::Any)?,
	};
	let public = match public {
		Some(public) => Some(public),
		// Without a key folder there is no key of it either.
		None => store.entry_of(&account).ok().flatten().and_then(|entry| entry.public.ok()),
	};
	let label = named.or_else(|| keys::labels(store).remove(&account.0));
	let json = match &public {
		Some(public) => described(label.clone(), public),
		// The account itself. It is a public key, unless it is the hash of a key of ecdsa, or no key's account.
		None => json!({
			"name": label, "address": account.to_string(), "publicKey": hex(&account.0), "scheme": null,
		}),
	};
	let mut human = label.map(|label| format!("name        {label}\n")).unwrap_or_default();
	let _ = write!(
		human,
		"address     {account}\npublic key  {}",
		json["publicKey"].as_str().unwrap_or_default()
	);
	if let Some(public) = &public {
		let _ = write!(human, "\nscheme      {}", public.scheme());
	}
	Ok(Reply { human, json })
}

fn remove(store: &Store, name: &str, force: bool) -> Result<Reply, KeyError> {
	let path = store.existing(name)?;
	// Damaged files can be removed as well.
	let public = KeyFile::read(&path).map(|file| file.public()).ok();
	let address = public.map(|public| public.account().to_string());
	let scheme = public.map(|public| public.scheme().name());
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
		json: json!({
			"name": name, "address": address, "scheme": scheme, "file": path.display().to_string(), "removed": true,
		}),
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
		json: json!({
			"name": name, "scheme": file.public().scheme().name(), "file": path.display().to_string(),
			"contents": contents,
		}),
	})
}

fn hex(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::{testing::*, Scheme};
	use clap::Parser;
	use subxt::utils::AccountId32;

	#[derive(Parser)]
	struct Program {
		#[command(subcommand)]
		command: KeyCommand,
	}

	/// Runs `mainstay-cli key` with these arguments, and with the password in a file.
	fn key(folder: &Folder, password: Option<&str>, args: &[&str]) -> Result<Reply, KeyError> {
		key_as(None, folder, password, args)
	}

	/// The same with `--scheme`.
	fn key_as(
		scheme: Option<Scheme>,
		folder: &Folder,
		password: Option<&str>,
		args: &[&str],
	) -> Result<Reply, KeyError> {
		let command = Program::try_parse_from([&["key"], args].concat())
			.unwrap_or_else(|error| panic!("{error}"))
			.command;
		let password_file = password.map(|password| folder.write("password", &format!("{password}\n")));
		run_in(&folder.store(), command, &KeyOptions { password_file, scheme, ..Default::default() })
	}

	fn opened(folder: &Folder, name: &str, password: &str) -> Result<[u8; 32], KeyError> {
		let path = folder.store().existing(name)?;
		KeyFile::read(&path)?.open(password).map(|key| key.account().0)
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
		let file = seal("fresh", &super::key(&phrase, &options).unwrap(), false, &options).unwrap();
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
	fn keys_of_each_scheme_are_made_imported_and_shown() {
		let folder = Folder::new();
		let phrase = folder.write("phrase", &format!("{}//Alice", subxt_signer::DEV_PHRASE));
		for (scheme, address, public) in [
			(
				Scheme::Ed25519,
				"5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu",
				"0x88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee",
			),
			(
				Scheme::Ecdsa,
				"5C7C2Z5sWbytvHpuLTvzKunnnRwQxft1jiqrLD5rhucQ5S9X",
				"0x020a1091341fe5664bfa1782d5e04779689068c916b04cb365ec3153755684d9a1",
			),
		] {
			let (name, scheme) = (scheme.name(), Some(scheme));
			let made =
				key_as(scheme, &folder, None, &["import", name, "--file", &phrase, "--no-password"]).unwrap();
			let told = json!([address, public, name]);
			let of = |json: &Value| json!([json["address"], json["publicKey"], json["scheme"]]);
			assert_eq!(of(&made.json), told);
			assert!(made.human.starts_with(&format!("{name} is {address}, of {name}\n")), "{}", made.human);
			// The key folder knows the scheme of its keys, and a secret does not.
			for who in [name, address] {
				let shown = key(&folder, None, &["show", who]).unwrap();
				assert_eq!((of(&shown.json), &shown.json["name"]), (told.clone(), &json!(name)));
				assert!(shown.human.ends_with(&format!("scheme      {name}")), "{}", shown.human);
			}
			assert_eq!(of(&key_as(scheme, &folder, None, &["show", "//Alice"]).unwrap().json), told);
			let list = key(&folder, None, &["list"]).unwrap();
			assert!(list.json["keys"].as_array().unwrap().iter().any(|key| of(key) == told));

			let exported = key(&folder, None, &["export", name]).unwrap();
			assert_eq!(exported.json["scheme"], name);
			let file = folder.write("exported.json", &exported.human);
			let other = if name == "ecdsa" { Scheme::Ed25519 } else { Scheme::Ecdsa };
			let refused = key_as(Some(other), &folder, None, &["import", "again", "--keyfile", &file]);
			assert!(matches!(refused, Err(KeyError::OtherScheme { .. })));
			let again = key(&folder, None, &["import", &format!("{name}-2"), "--keyfile", &file]).unwrap();
			assert_eq!(of(&again.json), told);
			let removed = key(&folder, None, &["remove", &format!("{name}-2"), "--force"]).unwrap();
			assert_eq!((&removed.json["address"], &removed.json["scheme"]), (&json!(address), &json!(name)));
		}
		let unknown =
			key(&folder, None, &["show", "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty"]).unwrap();
		assert_eq!(unknown.json["scheme"], Value::Null);
		assert!(!unknown.human.contains("scheme"), "{}", unknown.human);
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
				&& lines[1].ends_with("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY  sr25519")
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
