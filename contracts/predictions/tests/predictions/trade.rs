//! Offers, requests and balances on a chain.

use assay_protocol::id::{OfferId, RequestId, SchemaDigest};
use assay_protocol::messages::predictions::{
    BalancesResponse, OfferEntry, OffersResponse, QueryMsg, RequestEntry, RequestsResponse,
};
use assay_protocol::parameters::PublicParameters;
use assay_protocol::statement::Model;
use cosmwasm_std::{Addr, Coin};
use cw_multi_test::IntoAddr;

use crate::chain::Chain;
use crate::deployment;
use crate::prediction::{Answer, Form, INPUT, OUTPUT, Offer, schema_digest};

impl Chain {
    /// An offer of this form, of 100 of a token.
    pub fn offer(&self, form: Form) -> Offer {
        let [public, hidden] = self.predictions;
        match form {
            Form::Public => Offer::public(public),
            Form::Hidden => Offer::hidden(hidden),
        }
    }

    /// A valid proof by `provider` of an answer to a request for an offer of this form.
    pub fn answer(&self, form: Form, request: RequestId, provider: &Addr) -> Vec<u8> {
        let block = self.app.block_info();
        let (model, schema) = match form {
            Form::Public => {
                let parameters = PublicParameters::Poseidon(deployment::root());
                (Model::Public(parameters), schema_digest())
            }
            Form::Hidden => {
                let schema = deployment::schema().digest().unwrap();
                (form.model(), SchemaDigest(schema))
            }
        };
        let answer = Answer {
            kind: form.kind(),
            chain_id: &block.chain_id,
            escrow: self.escrow.as_str(),
            request,
            slot: 0,
            provider: provider.as_str(),
            circuit: self.offer(form).circuit,
            model,
            schema,
            input: &INPUT,
            output: &OUTPUT,
        };
        form.trapdoor().prove(answer.digest(None), 0)
    }

    pub fn offers(&self) -> Vec<OfferEntry> {
        let page: OffersResponse = self.ask(QueryMsg::Offers {
            start_after: None,
            limit: Some(50),
        });
        assert_eq!(page.next, None);
        page.offers
    }

    pub fn requests(&self, offer: OfferId) -> Vec<RequestEntry> {
        let page: RequestsResponse = self.ask(QueryMsg::Requests {
            offer,
            start_after: None,
            limit: Some(50),
        });
        assert_eq!(page.next, None);
        page.requests
    }

    pub fn prepaid(&self, actor: &str) -> Vec<Coin> {
        let page: BalancesResponse = self.ask(QueryMsg::Balances {
            address: actor.into_addr().into(),
            start_after: None,
            limit: None,
        });
        page.balances
    }
}
