//! Whatever lies in storage, a contract answers.

use assay_protocol::id::{BlobId, DatasetId, JobId, ModelId, OfferId, RequestId};
use assay_protocol::messages::{dataset_registry, jobs, model_store, predictions};
use assay_reference::jobs as work;
use assay_reference::message::Message;
use assay_reference::money::Who;
use assay_reference::{predictions as answers, store};
use cosmwasm_std::{Binary, to_json_binary};

use crate::accounts::{CONTRACTS, STRANGER};
use crate::chain::{Chain, forgers};
use crate::generate::dice::Dice;
use crate::generate::plain;
use crate::properties::sequence_of;

/// A record, spoilt.
fn spoilt(dice: &mut Dice, record: &[u8]) -> Vec<u8> {
    let mut record = record.to_vec();
    for _ in 0..=dice.below(2) {
        let at = dice.below(record.len().max(1) as u64) as usize;
        match dice.below(5) {
            // Storage holds no empty values.
            0 => record.truncate(at.max(1)),
            1 => record.push(dice.below(256) as u8),
            2 => record.splice(at..at, [0xff; 9]).for_each(drop),
            _ => record
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|byte| *byte = dice.below(256) as u8),
        }
    }
    record
}

/// The queries to a contract about whatever has this id.
fn queries(contract: Who, id: u64) -> Vec<Binary> {
    let (start_after, limit) = (None, None);
    if contract == CONTRACTS.jobs {
        let jobs = jobs::QueryMsg::Jobs { start_after, limit };
        return vec![
            to_json_binary(&jobs::QueryMsg::Config {}).unwrap(),
            to_json_binary(&jobs::QueryMsg::Job { job: JobId(id) }).unwrap(),
            to_json_binary(&jobs).unwrap(),
        ];
    }
    if contract == CONTRACTS.predictions {
        use predictions::QueryMsg;
        let (offer, request, start_after) = (OfferId(id), RequestId(id), None);
        let requests = QueryMsg::Requests {
            offer,
            start_after,
            limit,
        };
        return vec![
            to_json_binary(&QueryMsg::Offer { offer }).unwrap(),
            to_json_binary(&QueryMsg::Request { request }).unwrap(),
            to_json_binary(&QueryMsg::Input { request }).unwrap(),
            to_json_binary(&requests).unwrap(),
        ];
    }
    if contract == CONTRACTS.datasets {
        let query = dataset_registry::QueryMsg::Dataset { id: DatasetId(id) };
        return vec![to_json_binary(&query).unwrap()];
    }
    use model_store::QueryMsg;
    let (blob, start_after) = (BlobId(id), None);
    let missing = QueryMsg::MissingChunks {
        blob,
        start_after,
        limit,
    };
    let model = ModelId(id);
    vec![
        to_json_binary(&QueryMsg::Blob { blob }).unwrap(),
        to_json_binary(&QueryMsg::Model { model }).unwrap(),
        to_json_binary(&missing).unwrap(),
    ]
}

/// Messages about whatever has this id, that read it.
fn messages(id: u64) -> Vec<Message> {
    let job = |message| Message::Jobs(message);
    let blob = |message| Message::Store(message);
    let answer = |message| Message::Predictions(message);
    let input = vec![0; 4];
    vec![
        job(work::Message::Cancel((id, 0))),
        job(work::Message::Release((id, 0))),
        job(work::Message::Expire((id, 0))),
        answer(answers::Message::CloseOffer(id)),
        answer(answers::Message::Reclaim(id)),
        answer(answers::Message::Request {
            offer: id,
            input,
            prepaid: true,
            requester: None,
        }),
        blob(store::Message::Abort { blob: id }),
        blob(store::Message::Finalise { blob: id }),
        blob(store::Message::Release { blob: id }),
        blob(store::Message::Sweep { blob: id }),
        blob(store::Message::Evaluate {
            blob: id,
            point: 1,
            limit: None,
        }),
    ]
}

/// Has the contracts read everything about an id.
fn read(chain: &mut Chain, contract: Who, id: u64, sender: Who) {
    for query in queries(contract, id) {
        let address = chain.address(contract).to_string();
        let query = cosmwasm_std::WasmQuery::Smart {
            contract_addr: address,
            msg: query,
        };
        let _ = chain.app.wrap().query::<cosmwasm_std::Empty>(&query.into());
    }
    for message in messages(id) {
        let _ = chain.step(&plain(sender, vec![], message));
    }
}

#[test]
fn whatever_lies_in_storage_is_read_or_refused() {
    let mut chain = sequence_of(&forgers(), 2).chain;
    let mut dice = Dice::new(7);
    for contract in [
        CONTRACTS.datasets,
        CONTRACTS.store,
        CONTRACTS.jobs,
        CONTRACTS.predictions,
    ] {
        let address = chain.address(contract).clone();
        let records = chain.app.dump_wasm_raw(&address);
        for _ in 0..600 {
            let id = 1 + dice.below(40);
            let has_id = |key: &[u8]| key.windows(8).any(|part| part == id.to_be_bytes());
            let own = records
                .iter()
                .filter(|(key, value)| has_id(key) && value.len() < 9_999);
            let own: Vec<_> = own.collect();
            let Some((key, value)) = dice.pick(&own) else {
                continue;
            };
            let other = spoilt(&mut dice, value);
            chain.app.contract_storage_mut(&address).set(key, &other);
            let sender = match dice.below(2) {
                0 => STRANGER,
                _ => Who(dice.below(8) as u8),
            };
            read(&mut chain, contract, id, sender);
            chain.app.contract_storage_mut(&address).set(key, value);
        }
    }
}
