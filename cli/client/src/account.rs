//! Keys and addresses.

use std::fmt;

use bip39::Mnemonic;
use cosmrs::AccountId;
use cosmrs::bip32::DerivationPath;
use cosmrs::crypto::secp256k1::SigningKey;
use zeroize::Zeroizing;

use crate::Error;

/// The path of a mnemonic's first key on Cosmos chains (BIP-44, coin type 118).
const PATH: &str = "m/44'/118'/0'/0/0";

/// A key and its address. What signs never leaves it, not even through `Debug`.
pub struct Account {
    key: SigningKey,
    address: AccountId,
}

impl Account {
    /// The first key of a mnemonic of 12 to 24 English words.
    ///
    /// # Errors
    /// [`Error::Mnemonic`]; [`Error::Address`] for a prefix that no address can have.
    pub fn from_mnemonic(words: &str, prefix: &str) -> Result<Self, Error> {
        let words: Zeroizing<String> =
            Zeroizing::new(words.split_whitespace().collect::<Vec<_>>().join(" "));
        let mnemonic = Mnemonic::parse(words.as_str()).map_err(|_| Error::Mnemonic)?;
        let seed = Zeroizing::new(mnemonic.to_seed(""));
        let path: DerivationPath = PATH.parse().map_err(|_| Error::Mnemonic)?;
        let key = SigningKey::derive_from_path(*seed, &path).map_err(|_| Error::Mnemonic)?;
        let address = key.public_key().account_id(prefix);
        let address = address.map_err(|error| Error::Address {
            prefix: prefix.into(),
            reason: error.root_cause().to_string(),
        })?;
        Ok(Self { key, address })
    }

    /// Its address.
    pub fn address(&self) -> &str {
        self.address.as_ref()
    }

    pub(crate) fn key(&self) -> &SigningKey {
        &self.key
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Account({})", self.address)
    }
}

/// A fresh mnemonic of 24 words from `entropy`.
///
/// # Errors
/// [`Error::Mnemonic`], which 32 bytes never give.
pub fn mnemonic_from(entropy: &[u8; 32]) -> Result<Zeroizing<String>, Error> {
    let mnemonic = Mnemonic::from_entropy(entropy).map_err(|_| Error::Mnemonic)?;
    Ok(Zeroizing::new(mnemonic.to_string()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A mnemonic that everybody knows (BIP-39's test vectors), and what keplr and wasmd
    /// make of it.
    const WORDS: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    #[test]
    fn a_mnemonic_has_the_address_that_wallets_show() {
        let account = Account::from_mnemonic(WORDS, "cosmos").unwrap();
        assert_eq!(
            account.address(),
            "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4"
        );
        let spaced = format!("  {}\n", WORDS.replace(' ', "  "));
        let other = Account::from_mnemonic(&spaced, "wasm").unwrap();
        assert!(
            other
                .address()
                .starts_with("wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0a")
        );
    }

    #[test]
    fn what_is_no_mnemonic_is_refused_without_being_quoted() {
        for words in ["", "abandon", &WORDS.replace("about", "abandon")] {
            let error = Account::from_mnemonic(words, "wasm").unwrap_err();
            assert!(!error.to_string().contains("abandon"));
        }
    }

    #[test]
    fn debug_shows_the_address_only() {
        let account = Account::from_mnemonic(WORDS, "wasm").unwrap();
        let text = format!("{account:?}");
        assert_eq!(text, format!("Account({})", account.address()));
    }

    #[test]
    fn fresh_mnemonics_have_24_words() {
        let words = mnemonic_from(&[7; 32]).unwrap();
        assert_eq!(words.split(' ').count(), 24);
        assert!(Account::from_mnemonic(&words, "wasm").is_ok());
    }
}
