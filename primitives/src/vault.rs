//! Accounts that hold funds for others: opening them, and moving funds into them.

use crate::{Balance, Currency};
use frame_support::traits::{fungibles, tokens::Preservation, AccountTouch};
use sp_runtime::DispatchResult;

/// Prepares `account` to hold `currency`: moves the minimum balance from `funder` to it. This balance belongs to nobody
/// and stays there; without it, the last funds in the account would be removed as dust.
pub fn open<AccountId, Assets>(currency: Currency, account: &AccountId, funder: &AccountId) -> DispatchResult
where
	AccountId: Eq,
	Assets: fungibles::Mutate<AccountId, AssetId = Currency, Balance = Balance>
		+ AccountTouch<Currency, AccountId, Balance = Balance>,
{
	// Anyone can send the account worthless assets until it has no consumer references left for further ones. An entry
	// that is paid for with a deposit needs no such reference.
	if Assets::should_touch(currency.clone(), account) {
		Assets::touch(currency.clone(), account, funder)?;
	}
	let least = Assets::minimum_balance(currency.clone());
	Assets::transfer(currency, funder, account, least, Preservation::Preserve)?;
	Ok(())
}

/// Creates `account` at genesis with the minimum balance of STAY. This balance belongs to nobody and stays there, as in
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

/// Moves exactly `amount` from `who` to `account`. Of an asset, `who` may move its whole balance. Otherwise the rest
/// must stay above the minimum balance: of STAY, because the account must exist to receive later payouts; of an asset,
/// because the dust would be moved as well.
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
