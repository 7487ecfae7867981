//! Who and what there is on every chain.

use assay_reference::model::Contracts;
use assay_reference::money::{Amount, Who};
use cosmwasm_std::{Uint128, Uint256};

/// The people, by name.
pub const PEOPLE: [&str; 8] = ["ann", "ben", "cat", "dan", "eve", "fay", "gus", "mallory"];
/// Who calls contracts as a token would.
pub const MALLORY: Who = Who(7);
/// Who has never had anything to do with anything.
pub const STRANGER: Who = Who(14);

pub const CONTRACTS: Contracts = Contracts {
    datasets: Who(8),
    store: Who(9),
    jobs: Who(10),
    predictions: Who(11),
};
pub const HONEST: Who = Who(12);
pub const EVIL: Who = Who(13);
/// Every account.
pub const ACCOUNTS: u8 = 15;

/// The coins of the bank's.
pub const NATIVES: [&str; 3] = [
    "ucoin",
    "factory/creator/uother",
    "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2",
];

/// What names nothing.
pub const NONSENSE: [&str; 5] = ["x", "1coin", "cw20:", "cw20:nobody", "co in"];

pub fn to_uint(amount: &Amount) -> Uint256 {
    let bytes = amount.to_bytes_be();
    let mut padded = [0; 32];
    padded[32 - bytes.len()..].copy_from_slice(&bytes);
    Uint256::from_be_bytes(padded)
}

pub fn to_amount(amount: Uint256) -> Amount {
    Amount::from_bytes_be(&amount.to_be_bytes())
}

pub fn to_u128(amount: &Amount) -> Uint128 {
    Uint128::try_from(to_uint(amount)).unwrap()
}
