//! What one node says of the chain in one turn, and what that means for a transaction. Another node can be on another fork, or
//! not as far: what it says takes the place of what was said before, and nothing follows from the two together.

use super::Signed;

/// So many blocks behind its last one the transaction's life counts as over, final or not.
const EXPIRY_GRACE: u64 = 16;

/// A block of the best chain.
#[derive(Clone, Debug)]
pub struct Block {
	/// Its hash.
	pub hash: String,
	/// Where in it the transaction is, if it is.
	pub index: Option<u32>,
}

/// Where a transaction is.
#[derive(Debug, PartialEq, Eq)]
pub enum Location {
	/// In a block: its number, its hash, the place in it, and whether it is final.
	Block(u64, String, u32, bool),
	/// In no block, and never will be: all that could take it are final.
	Expired,
	/// In no block so far.
	NotFound,
}

/// The chain, as far as a transaction can be in it.
#[derive(Debug)]
pub struct BlockScan {
	birth: u64,
	until: u64,
	best: u64,
	last_final: u64,
	/// The highest of both that any node has told of.
	highest: (u64, u64),
	/// The blocks above the transaction's birth, as far as they could take it and were looked at.
	blocks: Vec<Block>,
}

impl BlockScan {
	/// Nothing was seen yet.
	pub fn of(signed: &Signed) -> Self {
		let (birth, until) = (signed.birth(), signed.until);
		Self { birth, until, best: 0, last_final: 0, highest: (0, 0), blocks: vec![] }
	}

	/// Takes what the node says of this turn: its best block and its last final one. Says whether the chain went on: nodes
	/// that answer by turns, and stand still, tell of nothing new.
	pub fn update_heads(&mut self, best: u64, last_final: u64) -> bool {
		let before = self.highest;
		(self.best, self.last_final) = (best, last_final);
		self.highest = (before.0.max(best), before.1.max(last_final));
		self.highest != before
	}

	/// The best block.
	pub fn best(&self) -> u64 {
		self.best
	}

	/// The last final block.
	pub fn last_final(&self) -> u64 {
		self.last_final
	}

	/// The last block that was looked at, and its number. If it still stands, all before it do.
	pub fn last_scanned(&self) -> Option<(u64, &Block)> {
		self.blocks.last().map(|block| (self.scanned(), block))
	}

	/// Forgets the last block: another one took its place.
	pub fn drop_last(&mut self) {
		self.blocks.pop();
	}

	/// Adds the block behind the last one.
	pub fn add(&mut self, block: Block) {
		self.blocks.push(block);
	}

	/// The number of the last block that was looked at.
	pub fn scanned(&self) -> u64 {
		self.birth.saturating_add(self.blocks.len() as u64)
	}

	/// The number of the block to be looked at next, if it is there and can take the transaction.
	pub fn next(&self) -> Option<u64> {
		Some(self.scanned().saturating_add(1)).filter(|next| *next <= self.best.min(self.until))
	}

	/// Whether all final blocks were looked at that could take the transaction.
	pub fn has_scanned_final(&self) -> bool {
		self.scanned() >= self.last_final.min(self.until)
	}

	/// Whether no block can take the transaction any more, and finality had time to follow.
	pub fn is_expired(&self) -> bool {
		self.best > self.until.saturating_add(EXPIRY_GRACE)
	}

	/// Where the transaction is.
	pub fn location(&self) -> Location {
		let mut numbered = (self.birth.saturating_add(1)..).zip(&self.blocks);
		let found = numbered.find_map(|(number, block)| Some((number, block.hash.clone(), block.index?)));
		match found {
			Some((number, hash, index)) => Location::Block(number, hash, index, self.last_final >= number),
			None if self.last_final >= self.until && self.scanned() >= self.until => Location::Expired,
			None => Location::NotFound,
		}
	}

	/// In words, where the chain stands.
	pub fn lag(&self) -> String {
		format!("finality stands at block {}, the best one is {}", self.last_final, self.best)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Of a transaction that blocks 101 to 163 can take.
	fn scan() -> BlockScan {
		BlockScan::of(&Signed::example())
	}

	/// Looks at all blocks of a fork that are still to be looked at; the transaction is in one of them.
	fn scan_all(scan: &mut BlockScan, fork: &str, place: Option<u64>) {
		while let Some(number) = scan.next() {
			let index = (place == Some(number)).then_some(2);
			scan.add(Block { hash: format!("{fork}{number}"), index });
		}
	}

	// sending 1: what one node says is final is not so of the blocks of another.
	#[test]
	fn nothing_follows_from_the_answers_of_two_nodes() {
		let mut scan = scan();
		// The connection breaks before the blocks are read, and another node answers, which is behind.
		scan.update_heads(190, 170);
		assert_eq!(scan.location(), Location::NotFound);
		scan.update_heads(175, 150);
		scan_all(&mut scan, "b", None);
		assert_eq!((scan.scanned(), scan.location(), scan.is_expired()), (163, Location::NotFound, false));
		scan.update_heads(190, 163);
		assert_eq!(scan.location(), Location::Expired);

		// It is in a block of a fork that the other node, which is ahead, does not have.
		let mut scan = super::tests::scan();
		scan.update_heads(130, 125);
		scan.update_heads(122, 110);
		scan_all(&mut scan, "a", Some(120));
		assert_eq!(scan.location(), Location::Block(120, "a120".into(), 2, false));
		scan.update_heads(130, 125);
		while scan.last_scanned().is_some_and(|(number, _)| number > 110) {
			scan.drop_last();
		}
		scan_all(&mut scan, "b", None);
		assert_eq!((scan.scanned(), scan.location()), (130, Location::NotFound));
		assert!(scan.has_scanned_final());
	}

	#[test]
	fn blocks_are_looked_at_while_they_can_take_it() {
		let mut scan = scan();
		assert_eq!((scan.next(), scan.scanned(), scan.last_scanned().is_none()), (None, 100, true));
		scan.update_heads(102, 99);
		scan_all(&mut scan, "a", None);
		assert_eq!(
			(scan.scanned(), scan.next(), scan.last_scanned().unwrap().1.hash.as_str()),
			(102, None, "a102")
		);
		assert!(scan.has_scanned_final());
		scan.update_heads(1_000, 1_000);
		assert!(!scan.has_scanned_final() && scan.location() == Location::NotFound);
		scan_all(&mut scan, "a", None);
		assert_eq!((scan.scanned(), scan.location()), (163, Location::Expired));
		assert!(scan.is_expired());
	}

	#[test]
	fn nodes_that_stand_still_tell_nothing_new() {
		let mut scan = scan();
		assert_eq!(
			[(10, 7), (9, 6), (10, 7), (10, 8), (9, 8), (11, 5)]
				.map(|(best, last)| scan.update_heads(best, last)),
			[true, false, false, true, false, true]
		);
		assert_eq!((scan.best(), scan.last_final()), (11, 5));
	}
}
