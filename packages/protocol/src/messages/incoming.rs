//! Messages as they come in: what every entry point of every contract reads.

mod objects;

use objects::Objects;
use serde::{Deserialize, Deserializer};

/// A message of which every part with named fields is a JSON object with these fields and
/// no others.
///
/// Derived deserialisers ignore other fields, so that a worker, an amount or a provenance
/// whose name is misspelt would be left out. And they take a list of the fields' values as well, in the
/// order in which they happen to be declared: nobody should rely on that, and leaving it
/// out saves a twenty-fifth of the contract's code.
pub struct Message<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Message<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(Objects(deserializer)).map(Self)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use cosmwasm_std::{StdResult, coin, from_json, to_json_vec};

    use super::*;
    use crate::id::{BlobId, CircuitId, JobId};
    use crate::messages::jobs;
    use crate::messages::predictions::{ExecuteMsg, OfferedModel, Offering};
    use crate::messages::time::Window;

    fn read<T: serde::de::DeserializeOwned>(text: &str) -> StdResult<T> {
        from_json::<Message<T>>(text).map(|message| message.0)
    }

    fn offer() -> ExecuteMsg {
        ExecuteMsg::Offer(Offering {
            model: OfferedModel::Public {
                blob: BlobId(1),
                schema: "{}".into(),
            },
            circuit: CircuitId([7; 32]),
            price: coin(5, "token"),
            window: Window {
                seconds: 3,
                blocks: 2,
            },
            input_bytes: 1,
            output_bytes: 2,
        })
    }

    #[test]
    fn messages_read_back_from_their_json() {
        let withdraw = |owner: Option<&str>| ExecuteMsg::Withdraw {
            denom: "token".into(),
            owner: owner.map(Into::into),
            to: None,
        };
        let messages = [
            offer(),
            ExecuteMsg::Deposit { owner: None },
            withdraw(None),
            withdraw(Some("owner")),
        ];
        for message in messages {
            let text = String::from_utf8(to_json_vec(&message).unwrap()).unwrap();
            assert_eq!(read::<ExecuteMsg>(&text).unwrap(), message);
        }
        let release = jobs::ExecuteMsg::Release(jobs::SlotId {
            job: JobId(1),
            slot: 2,
        });
        let text = r#"{"release":{"job":1,"slot":2}}"#;
        assert_eq!(read::<jobs::ExecuteMsg>(text).unwrap(), release);
    }

    #[test]
    fn a_field_may_be_left_out_exactly_if_it_is_optional() {
        assert!(read::<ExecuteMsg>(r#"{"withdraw":{"denom":"token"}}"#).is_ok());
        assert!(read::<ExecuteMsg>(r#"{"withdraw":{"owner":"me"}}"#).is_err());
        let all = read::<jobs::QueryMsg>(r#"{"jobs":{}}"#).unwrap();
        let (start_after, limit) = (None, None);
        assert_eq!(all, jobs::QueryMsg::Jobs { start_after, limit });
    }

    #[test]
    fn a_field_that_there_is_not_is_refused() {
        let more = [
            r#"{"deposit":{"more":1}}"#.to_owned(),
            r#"{"close_offer":{"offer":1,"more":3}}"#.to_owned(),
            r#"{"withdraw_balance":{"denom":"token","amout":"5"}}"#.to_owned(),
            written().replace(r#"{"seconds":3"#, r#"{"more":{},"seconds":3"#),
        ];
        for text in more {
            assert_ne!(text, written());
            assert!(from_json::<ExecuteMsg>(&text).is_ok(), "{text}");
            let error = read::<ExecuteMsg>(&text).unwrap_err().to_string();
            assert!(error.contains("a field has a name"), "{error}");
        }
    }

    #[test]
    fn a_list_in_place_of_an_object_is_refused_everywhere() {
        let lists = [
            r#"{"withdraw":["token",null,null]}"#.to_owned(),
            r#"{"close_offer":[1]}"#.to_owned(),
            written().replace(r#"{"seconds":3,"blocks":2}"#, "[3,2]"),
            written().replace(r#"{"blob":1,"schema":"{}"}"#, r#"[1,"{}"]"#),
        ];
        for text in lists {
            assert_ne!(text, written());
            assert!(from_json::<ExecuteMsg>(&text).is_ok(), "{text}");
            assert!(read::<ExecuteMsg>(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_struct_inside_a_variant_is_read_as_exactly() {
        let read = read::<jobs::ExecuteMsg>;
        assert!(read(r#"{"release":{"job":1,"slot":2}}"#).is_ok());
        assert!(read(r#"{"release":{"job":1,"slot":2,"more":3}}"#).is_err());
        assert!(read(r#"{"release":[1,2]}"#).is_err());
    }

    fn written() -> String {
        String::from_utf8(to_json_vec(&offer()).unwrap()).unwrap()
    }
}
