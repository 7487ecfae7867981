//! Transactions are executed once or not at all.

use assay_client::{Account, Chain, Error, Executed, Journal, Message, Sender};

use crate::node::{CHAIN_ID, Fate, Node, chain};

const WORDS: &str =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

fn account() -> Account {
    Account::from_mnemonic(WORDS, "wasm").unwrap()
}

fn message() -> [Message; 1] {
    [Message::execute("wasm1contract", &"message", &[]).unwrap()]
}

fn sender<'a>(chain: &'a Chain, account: &'a Account, folder: &tempfile::TempDir) -> Sender<'a> {
    let journal = Journal::open(folder.path(), CHAIN_ID, account.address()).unwrap();
    Sender::new(chain, account, journal)
}

/// Sends one message in a fresh folder, and says what became of it.
async fn send(node: &Node) -> Result<Executed, Error> {
    let (chain, account) = (chain(&[node]), account());
    let folder = tempfile::tempdir().unwrap();
    sender(&chain, &account, &folder).send(&message()).await
}

#[tokio::test]
async fn a_transaction_is_handed_in_once_and_found() {
    let node = Node::start().await;
    let executed = send(&node).await.unwrap();
    assert!(!executed.earlier);
    assert_eq!(node.sequences(), [7]);
}

#[tokio::test]
async fn a_transaction_whose_answer_is_lost_is_executed_once() {
    let node = Node::start().await;
    node.facts().fates = vec![Fate::ExecutedUnheard];
    send(&node).await.unwrap();
    assert_eq!(node.sequences(), [7]);
}

#[tokio::test]
async fn a_transaction_that_can_come_into_no_block_any_more_is_signed_anew() {
    let node = Node::start().await;
    node.facts().fates = vec![Fate::Lost, Fate::Executed];
    node.facts().pace = 30;
    send(&node).await.unwrap();
    // The same sequence: the first can't be executed besides.
    assert_eq!(node.sequences(), [7, 7]);
    assert_eq!(node.facts().sequence, 8);
}

#[tokio::test]
async fn a_failure_that_uses_no_sequence_up_is_not_the_end() {
    let node = Node::start().await;
    node.facts().fates = vec![Fate::FailedOnce];
    send(&node).await.unwrap();
    assert_eq!(node.sequences(), [7]);
}

#[tokio::test]
async fn a_transaction_whose_sequence_is_used_is_not_denied_by_a_node_that_knows_too_little() {
    let node = Node::start().await;
    node.facts().fates = vec![Fate::ExecutedUnindexed];
    (node.facts().pace, node.facts().earliest) = (30, 1_000);
    let error = send(&node).await.unwrap_err();
    assert!(matches!(error, Error::Unknown { .. }), "{error}");
    assert_eq!(node.sequences(), [7]);
}

#[tokio::test]
async fn a_transaction_that_the_index_lacks_is_found_in_its_block() {
    let node = Node::start().await;
    node.facts().fates = vec![Fate::ExecutedUnindexed];
    node.facts().pace = 30;
    let executed = send(&node).await.unwrap();
    assert_eq!(node.sequences(), [7]);
    assert!(executed.height > 100 && executed.gas_used == 2);
}

#[tokio::test]
async fn a_failure_in_the_index_does_not_hide_that_it_was_executed_before() {
    let node = Node::start().await;
    node.facts().fates = vec![Fate::ExecutedThenFailed];
    let executed = send(&node).await.unwrap();
    assert_eq!(node.sequences(), [7]);
    assert!(executed.height > 100);
}

#[tokio::test]
async fn a_node_that_names_ever_new_sequences_gets_few_signatures() {
    let node = Node::start().await;
    node.facts().fates = (8..1_000).map(Fate::Behind).collect();
    node.facts().pace = 30;
    let error = send(&node).await.unwrap_err();
    assert!(
        matches!(error, Error::NotIncluded { attempts: 5 }),
        "{error}"
    );
    // In each attempt one and three in its place, which can't be executed after it.
    assert_eq!(node.sequences().len(), 5 * 4);
}

#[tokio::test]
async fn a_transaction_that_another_overtook_is_signed_anew() {
    let node = Node::start().await;
    node.facts().fates = vec![Fate::Overtaken, Fate::Executed];
    node.facts().pace = 30;
    send(&node).await.unwrap();
    let mut sequences = node.sequences();
    sequences.sort();
    assert_eq!(sequences, [7, 8]);
}

#[tokio::test]
async fn nothing_is_signed_for_more_gas_than_is_to_be_paid_for() {
    let node = Node::start().await;
    node.facts().gas = 753_000;
    send(&node).await.unwrap();
    node.facts().gas = 754_000;
    let error = send(&node).await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::TooMuchGas {
                gas: 1_000_200,
                max: 1_000_000
            }
        ),
        "{error}"
    );
    assert_eq!(node.sequences().len(), 1);
}

#[tokio::test]
async fn a_node_that_looks_nothing_up_denies_nothing() {
    let node = Node::start().await;
    (node.facts().pace, node.facts().look_up) = (30, Some("Method not found"));
    let error = send(&node).await.unwrap_err();
    assert!(matches!(error, Error::Unknown { .. }), "{error}");
    assert_eq!(node.sequences(), [7]);
}

#[tokio::test]
async fn what_an_earlier_run_sent_is_taken_over_once() {
    let node = Node::start().await;
    let (chain, account) = (chain(&[&node]), account());
    let folder = tempfile::tempdir().unwrap();
    node.facts().look_up = Some("out of order");
    let first = sender(&chain, &account, &folder).send(&message()).await;
    assert!(matches!(first, Err(Error::Unknown { .. })));
    node.facts().look_up = None;
    let again = sender(&chain, &account, &folder);
    assert!(again.send(&message()).await.unwrap().earlier);
    assert_eq!(node.sequences(), [7]);
    drop(again.into_used());
    let anew = sender(&chain, &account, &folder);
    assert!(!anew.send(&message()).await.unwrap().earlier);
    assert_eq!(node.sequences().len(), 2);
}

#[tokio::test]
async fn the_same_command_at_once_waits_and_is_done_once_more() {
    let node = Node::start().await;
    let (chain, account) = (chain(&[&node]), account());
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = [(); 2].map(|()| sender(&chain, &account, &folder));
    let both = async {
        let executed = first.send(&message()).await;
        drop(first.into_used());
        executed
    };
    let text = message();
    let (one, other) = tokio::join!(both, second.send(&text));
    assert!(!one.unwrap().earlier && !other.unwrap().earlier);
    let mut sequences = node.sequences();
    sequences.sort();
    assert_eq!(sequences, [7, 8]);
}

#[tokio::test]
async fn a_sequence_that_was_used_meanwhile_is_replaced() {
    let node = Node::start().await;
    node.facts().fates = vec![Fate::Behind(9), Fate::Executed];
    send(&node).await.unwrap();
    let mut sequences = node.sequences();
    sequences.sort();
    assert_eq!(sequences, [7, 9]);
}

#[tokio::test]
async fn what_a_simulation_refuses_is_not_sent() {
    let node = Node::start().await;
    node.facts().simulation = Some("the slot is paid: execute wasm contract failed");
    let error = send(&node).await.unwrap_err();
    assert!(error.is_refusal());
    assert_eq!(error.to_string(), "the slot is paid");
    assert!(node.sequences().is_empty());
}
