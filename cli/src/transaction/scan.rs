//! The chain as one node reports it, and what that means for a transaction. Another node can be on another fork, or
//! behind: its report replaces the earlier one, and reports of two nodes are never combined.

use super::Signed;

/// After this many blocks beyond its last possible one, the transaction counts as expired, final or not.
const EXPIRY_GRACE: u64 = 16;

/// A block of the best chain.
#[derive(Clone, Debug)]
pub struct Block {
	/// Its hash.
	pub hash: String,
	/// The index of the transaction in it, if it is there.
	pub index: Option<u32>,
}

/// Where a transaction is.
#[derive(Debug, PartialEq, Eq)]
pub enum Location {
	/// In a block: its number, its hash, the index in it, and whether it is final.
	Block(u64, String, u32, bool),
	/// In no block, and never will be: all blocks that could include it are final.
	Expired,
	/// In no block so far.
	NotFound,
}

/// The blocks that can include a transaction, as far as they were read.
#[derive(Debug)]
pub struct BlockScan {
	birth: u64,
	until: u64,
	best: u64,
	last_final: u64,
	/// The highest best and final block that any node has reported.
	highest: (u64, u64),
	/// The blocks after the transaction's birth that could include it and were read.
	blocks: Vec<Block>,
}

impl BlockScan {
	/// No block was read yet.
	pub fn of(signed: &Signed) -> Self {
		let (birth, until) = (signed.birth(), signed.until);
		Self { birth, until, best: 0, last_final: 0, highest: (0, 0), blocks: vec![] }
	}

	/// Sets the node's best and last final block. Returns whether the chain advanced: nodes that answer in alternation
	/// without new blocks do not count as progress.
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

	/// The last block that was read, and its number. If it is still in the chain, all blocks before it are.
	pub fn last_scanned(&self) -> Option<(u64, &Block)> {
		self.blocks.last().map(|block| (self.scanned(), block))
	}

	/// Drops the last block, which was replaced by another one.
	pub fn drop_last(&mut self) {
		self.blocks.pop();
	}

	/// Adds the block after the last one.
	pub fn add(&mut self, block: Block) {
		self.blocks.push(block);
	}

	/// The number of the last block that was read.
	pub fn scanned(&self) -> u64 {
		self.birth.saturating_add(self.blocks.len() as u64)
	}

	/// The number of the next block to read, if it exists and can include the transaction.
	pub fn next(&self) -> Option<u64> {
		Some(self.scanned().saturating_add(1)).filter(|next| *next <= self.best.min(self.until))
	}

	/// Whether all final blocks were read that could include the transaction.
	pub fn has_scanned_final(&self) -> bool {
		self.scanned() >= self.last_final.min(self.until)
	}

	/// Whether no block can include the transaction any more, and finality had time to follow.
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

	/// The state of the chain, in words.
	pub fn lag(&self) -> String {
		format!("finality stands at block {}, the best one is {}", self.last_final, self.best)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// For a transaction that blocks 101 to 163 can include.
	fn scan() -> BlockScan {
		BlockScan::of(&Signed::example())
	}

	/// Reads all remaining blocks of a fork; the transaction is in one of them.
	fn scan_all(scan: &mut BlockScan, fork: &str, place: Option<u64>) {
		while let Some(number) = scan.next() {
			let index = (place == Some(number)).then_some(2);
			scan.add(Block { hash: format!("{fork}{number}"), index });
		}
	}

	// sending 1: a block that is final for one node need not be so for another.
	#[test]
	fn nothing_follows_from_the_answers_of_two_nodes() {
		let mut scan = scan();
		// The connection breaks before the blocks are read, and another node, which is behind, answers.
		scan.update_heads(190, 170);
		assert_eq!(scan.location(), Location::NotFound);
		scan.update_heads(175, 150);
		scan_all(&mut scan, "b", None);
		assert_eq!((scan.scanned(), scan.location(), scan.is_expired()), (163, Location::NotFound, false));
		scan.update_heads(190, 163);
		assert_eq!(scan.location(), Location::Expired);

		// The transaction is in a block of a fork that the other node, which is ahead, does not have.
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
