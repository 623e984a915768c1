//! Accounts that hold funds for others: how they are opened, and how funds come in.

use crate::{Balance, Currency};
use frame_support::traits::{fungibles, tokens::Preservation, AccountTouch};
use sp_runtime::DispatchResult;

/// Lets `account` hold `currency`: moves the least balance of it there from `funder`. That belongs to nobody and
/// stays; without it, the last of the funds would be lost to dust.
pub fn open<AccountId, Assets>(currency: Currency, account: &AccountId, funder: &AccountId) -> DispatchResult
where
	AccountId: Eq,
	Assets: fungibles::Mutate<AccountId, AssetId = Currency, Balance = Balance>
		+ AccountTouch<Currency, AccountId, Balance = Balance>,
{
	// Anyone can send the account assets of no worth until it can hold no more kinds of them. A place paid for by a
	// deposit needs no such reference.
	if Assets::should_touch(currency.clone(), account) {
		Assets::touch(currency.clone(), account, funder)?;
	}
	let least = Assets::minimum_balance(currency.clone());
	Assets::transfer(currency, funder, account, least, Preservation::Preserve)?;
	Ok(())
}

/// Brings `account` to life at genesis with the least balance of STAY, which belongs to nobody and stays, as in
/// [`open`].
pub fn found<AccountId, Assets>(account: &AccountId) -> DispatchResult
where
	AccountId: Eq,
	Assets: fungibles::Mutate<AccountId, AssetId = Currency, Balance = Balance>,
{
	let least = Assets::minimum_balance(Currency::Native);
	Assets::mint_into(Currency::Native, account, least)?;
	Ok(())
}

/// Moves exactly `amount` from `who` to `account`. Of an asset one may bring all one has. Else the rest must stay
/// alive: of STAY, one must be there to receive what is paid out later; of an asset, dust would move along.
pub fn bring<AccountId, Assets>(
	currency: Currency,
	who: &AccountId,
	account: &AccountId,
	amount: Balance,
) -> DispatchResult
where
	AccountId: Eq,
	Assets: fungibles::Mutate<AccountId, AssetId = Currency, Balance = Balance>,
{
	let all = currency != Currency::Native && Assets::balance(currency.clone(), who) == amount;
	let preservation = if all { Preservation::Expendable } else { Preservation::Preserve };
	Assets::transfer(currency, who, account, amount, preservation)?;
	Ok(())
}
