//! Answers from several nodes.

use assay_client::Error;

use crate::node::{Node, chain};

#[tokio::test]
async fn a_node_that_is_behind_is_left_for_another() {
    let (behind, current) = (Node::start().await, Node::start().await);
    (behind.facts().sequence, behind.facts().pace) = (3, 0);
    current.facts().height = 200;
    let chain = chain(&[&behind, &current]);
    assert_eq!(chain.account("wasm1me").await.unwrap().sequence, 7);
}

#[tokio::test]
async fn a_node_of_another_chain_is_refused() {
    let node = Node::start().await;
    node.facts().chain_id = "other-1";
    let error = chain(&[&node]).height().await.unwrap_err();
    assert!(matches!(error, Error::OtherChain { found, .. } if found == "other-1"));
}

#[tokio::test]
async fn nodes_that_do_not_answer_are_given_up() {
    let node = Node::start().await;
    let alone = chain(&[&node]);
    let mut network = alone.network().clone();
    network.endpoints = vec!["http://127.0.0.1:1".into()];
    let gone = assay_client::Chain::new(network).unwrap();
    let gone = gone.with_patience(std::time::Duration::from_millis(300));
    let error = gone.height().await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }));
}
