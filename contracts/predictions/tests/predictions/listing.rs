//! Asking for offers and requests.

use assay_predictions::ContractError;
use assay_protocol::id::{OfferId, RequestId};
use assay_protocol::messages::predictions::{
    ExecuteMsg, OfferResponse, OffersResponse, QueryMsg, RequestState, RequestsResponse,
};
use cosmwasm_std::coins;

use crate::escrow::Escrow;
use crate::prediction::{Form, INPUT, close, fulfil};

#[test]
fn offers_come_in_pages_without_their_schemas() {
    let mut escrow = Escrow::market();
    for form in [Form::Public, Form::Hidden, Form::Public] {
        escrow
            .send("provider", &[], form.offer().message())
            .unwrap();
    }
    escrow.send("provider", &[], close()).unwrap();
    let page = |start_after: Option<u64>| -> OffersResponse {
        let (start_after, limit) = (start_after.map(OfferId), Some(2));
        escrow.ask(QueryMsg::Offers { start_after, limit }).unwrap()
    };
    let shown = |page: &OffersResponse| {
        let entries = page.offers.iter();
        entries.map(|o| (o.offer.0, o.closed)).collect::<Vec<_>>()
    };
    let first = page(None);
    assert_eq!(shown(&first), [(1, true), (2, false)]);
    assert_eq!(first.next, Some(OfferId(2)));
    assert_eq!(first.offers[0].terms, escrow.offer().terms);
    let second = page(Some(2));
    assert_eq!((shown(&second), second.next), (vec![(3, false)], None));
    assert_eq!(page(Some(u64::MAX)).offers, []);
}

#[test]
fn the_requests_of_an_offer_come_in_pages_and_no_others() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    let other = Form::Hidden.offer();
    escrow.send("provider", &[], other.message()).unwrap();
    for offer in [1, 2, 1, 1] {
        let message = ExecuteMsg::Request {
            offer: OfferId(offer),
            input: INPUT.into(),
            prepaid: false,
            requester: None,
        };
        escrow
            .send("requester", &coins(100, "token"), message)
            .unwrap();
    }
    let proof = Form::Public.proof(&escrow);
    escrow.send("provider", &[], fulfil(proof)).unwrap();
    let page = |offer: u64, start_after: Option<u64>| {
        let query = QueryMsg::Requests {
            offer: OfferId(offer),
            start_after: start_after.map(RequestId),
            limit: Some(2),
        };
        let page: RequestsResponse = escrow.ask(query).unwrap();
        let entries = page.requests.into_iter();
        let entries = entries.map(|entry| (entry.request.0, entry.state));
        (entries.collect::<Vec<_>>(), page.next)
    };
    let (open, answered) = (RequestState::Open {}, RequestState::Answered {});
    let first = (vec![(1, answered), (3, open)], Some(RequestId(3)));
    assert_eq!(page(1, None), first);
    assert_eq!(page(1, Some(3)), (vec![(4, open)], None));
    assert_eq!(page(2, None), (vec![(2, open)], None));
    assert_eq!(page(3, None), (vec![], None));
}

#[test]
fn an_unknown_offer_is_an_error() {
    let offer = OfferId(1);
    let answer: Result<OfferResponse, _> = Escrow::new().ask(QueryMsg::Offer { offer });
    assert!(matches!(answer, Err(ContractError::UnknownOffer { offer: o }) if o == offer));
}
