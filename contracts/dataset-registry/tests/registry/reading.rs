//! Which messages the entry points take.

use assay_dataset_registry::contract::{execute, instantiate, query};
use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{InstantiateMsg, QueryMsg};

use crate::incoming::{assert_exact, assert_exact_query};
use crate::registry::{SCHEMA, register};

#[test]
fn the_dataset_registry_takes_objects_with_the_fields_that_there_are() {
    assert_exact(instantiate, &InstantiateMsg {});
    assert_exact(execute, &register(7, 569, SCHEMA));
    assert_exact_query(query, &QueryMsg::Dataset { id: DatasetId(1) });
    let (start_after, limit) = (Some(DatasetId(1)), None);
    assert_exact_query(query, &QueryMsg::Datasets { start_after, limit });
}
