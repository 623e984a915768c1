//! Escapes texts from others for a terminal, which interprets control characters.

/// Whether a character does something else than being shown: it controls a terminal, changes the direction of text,
/// or is invisible.
pub fn steers(letter: char) -> bool {
	letter.is_control()
		|| matches!(letter,
			'\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
			| '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A text from others with such characters escaped.
pub fn plain(text: &str) -> String {
	let mut out = String::with_capacity(text.len());
	for letter in text.chars() {
		match steers(letter) {
			true => out.extend(letter.escape_unicode()),
			false => out.push(letter),
		}
	}
	out
}

/// Whether text can be shown as it is.
pub fn is_plain(text: &str) -> bool {
	!text.is_empty() && !text.chars().any(steers)
}
