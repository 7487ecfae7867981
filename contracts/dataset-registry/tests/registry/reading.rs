//! Which messages the entry points take.

use assay_dataset_registry::contract::{execute, instantiate, query};
use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{ExecuteMsg, InstantiateMsg, QueryMsg};

use cosmwasm_std::coin;

use crate::incoming::{assert_exact, assert_exact_query};
use crate::registry::{SCHEMA, register};
use crate::terms::terms;

#[test]
fn the_dataset_registry_takes_objects_with_the_fields_that_there_are() {
    assert_exact(instantiate, &InstantiateMsg {});
    let dataset = DatasetId(1);
    for message in [
        register(7, 569, SCHEMA),
        terms(dataset, "MIT", Some(coin(5, "token")), 1),
        ExecuteMsg::OfferTransfer { dataset, to: None },
        ExecuteMsg::AcceptTransfer { dataset },
        ExecuteMsg::Deprecate {
            dataset,
            successor: Some(DatasetId(2)),
        },
    ] {
        assert_exact(execute, &message);
    }
    let (start_after, limit) = (Some(DatasetId(1)), None);
    for query_msg in [
        QueryMsg::Dataset { id: DatasetId(1) },
        QueryMsg::Datasets { start_after, limit },
        QueryMsg::DatasetsByOwner {
            owner: "owner".into(),
            start_after,
            limit,
        },
        QueryMsg::Children {
            parent: DatasetId(1),
            start_after,
            limit,
        },
    ] {
        assert_exact_query(query, &query_msg);
    }
}
