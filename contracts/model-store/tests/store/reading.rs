//! Which messages the entry points take.

use assay_model_store::contract::{execute, instantiate, query};
use assay_protocol::id::{BlobId, CircuitId, DatasetId};
use assay_protocol::messages::Message;
use assay_protocol::messages::model_store::{ExecuteMsg, Provenance, QueryMsg};
use assay_protocol::parameters::{BlobHash, PublicParameters};
use cosmwasm_std::{from_json, to_json_string};

use crate::incoming::{assert_exact, assert_exact_query};
use crate::models::{commitment, schema};
use crate::registries::Registries;

fn registration() -> ExecuteMsg {
    ExecuteMsg::RegisterModel {
        commitment: commitment(5),
        schema: schema().to_canonical(),
        provenance: Some(Provenance {
            dataset: DatasetId(1),
            circuit: CircuitId([5; 32]),
            minimum_rows: 1,
            proof: [0; 192].into(),
        }),
    }
}

#[test]
fn the_model_store_takes_objects_with_the_fields_that_there_are() {
    assert_exact(instantiate, &Registries::store_config());
    let (blob, index) = (BlobId(1), 0);
    let data = [1].into();
    assert_exact(execute, &ExecuteMsg::PutChunk { blob, index, data });
    let holder = Some("holder".to_owned());
    let begin = ExecuteMsg::Begin {
        length: 1,
        hash: BlobHash::Sha256,
        holder: holder.clone(),
    };
    for message in [
        begin,
        ExecuteMsg::Pin { blob, holder },
        ExecuteMsg::Release { blob },
        ExecuteMsg::Sweep { blob },
    ] {
        assert_exact(execute, &message);
    }
    assert_exact(execute, &registration());
    let parameters = PublicParameters::of(&[1], BlobHash::Sha256);
    assert_exact_query(query, &QueryMsg::ByParameters { parameters });
    assert_exact_query(query, &QueryMsg::Config {});
    assert_exact_query(query, &QueryMsg::Chunk { blob, index });
}

/// It would register a model without an origin.
#[test]
fn a_misspelt_provenance_is_refused_in_words() {
    let text = to_json_string(&registration()).unwrap();
    let misspelt = text.replace("provenance", "provenence");
    let error = from_json::<Message<ExecuteMsg>>(misspelt).err().unwrap();
    let expected = "a field has a name that the schema doesn't know";
    assert!(error.to_string().contains(expected), "{error}");
}
