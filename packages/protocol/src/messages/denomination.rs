//! Denominations: coins that the bank holds, and tokens of cw20 contracts.

/// What the denomination of a cw20 token begins with; the contract's address follows.
///
/// No native coin may have such a name where funds are taken: whoever made one would be
/// paid out somebody else's tokens.
pub const CW20_PREFIX: &str = "cw20:";

/// What a denomination names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denomination<'a> {
    /// A coin that the bank holds.
    Native,
    /// A token of the contract at this address. The address is not checked: that needs the
    /// chain, and one token has one name only if it is checked to be in canonical form.
    Cw20(&'a str),
}

impl<'a> Denomination<'a> {
    /// What `text` names, by the Cosmos SDK's rule for denominations, as the bank checks only
    /// those that move; `None` if it can't be one.
    pub fn parse(text: &'a str) -> Option<Self> {
        if let Some(address) = text.strip_prefix(CW20_PREFIX) {
            return Some(Self::Cw20(address));
        }
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "/:._-".contains(c);
        let is_native = (3..=128).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(is_allowed);
        is_native.then_some(Self::Native)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_native_denomination_follows_the_sdks_rule() {
        let longest = "x".repeat(128);
        let ibc = format!("ibc/{}", "0A".repeat(32));
        for text in ["abc", "factory/creator/sub.denom", "a:_-", &longest, &ibc] {
            assert_eq!(Denomination::parse(text), Some(Denomination::Native));
        }
        let too_long = "x".repeat(129);
        for text in ["", "ab", "1abc", "/abc", "a c", "abc\0", "äbc", &too_long] {
            assert_eq!(Denomination::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_token_is_named_by_its_contract() {
        let named = Denomination::parse("cw20:wasm1token");
        assert_eq!(named, Some(Denomination::Cw20("wasm1token")));
        assert_eq!(Denomination::parse("cw20:"), Some(Denomination::Cw20("")));
        assert_eq!(Denomination::parse("cw20"), Some(Denomination::Native));
        assert_eq!(Denomination::parse("CW20:x"), Some(Denomination::Native));
    }
}
