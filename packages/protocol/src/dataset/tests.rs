use super::*;

fn dataset(rows: usize) -> Dataset {
    let values = (0..rows * 10).map(|i| (i * 7 % 256) as u8).collect();
    let labels = (0..rows).map(|i| (i % 2) as u8).collect();
    Dataset::new(10, 2, values, labels).unwrap()
}

#[test]
fn a_block_is_five_permutations_of_whole_rows() {
    assert_eq!(rows_per_block(10), 109);
    assert_eq!(block_bytes(10), 1199);
    assert_eq!(max_rows(0), None);
    assert_eq!(max_rows(1200), None);
    assert_eq!(max_rows(1199), Some(MAX_BLOCKS));
}

#[test]
fn rows_and_labels_each_change_the_root() {
    let original = dataset(300);
    let mut moved = original.clone();
    moved.values[2995] ^= 1;
    let mut flipped = original.clone();
    flipped.labels[299] ^= 1;
    assert_ne!(moved.root(), original.root());
    assert_ne!(flipped.root(), original.root());
}

#[test]
fn a_zero_row_more_keeps_the_root_and_changes_the_commitment() {
    let original = dataset(300);
    let mut longer = original.clone();
    longer.values.extend([0; 10]);
    longer.labels.push(0);
    assert_eq!(longer.root(), original.root());
    let (schema, salt) = (Scalar::from(1), Scalar::from(2));
    assert_ne!(
        longer.commitment(schema, salt),
        original.commitment(schema, salt)
    );
}

#[test]
fn the_commitment_needs_its_salt() {
    let data = dataset(12);
    let schema = Scalar::from(1);
    assert_ne!(
        data.commitment(schema, Scalar::from(2)),
        data.commitment(schema, Scalar::from(3))
    );
}

#[test]
fn what_is_no_dataset_is_refused() {
    let new = Dataset::new;
    assert_eq!(new(1, 2, vec![], vec![]), Err(DatasetError::Empty));
    assert_eq!(new(0, 2, vec![], vec![0]), Err(DatasetError::Features(0)));
    assert_eq!(new(1, 1, vec![1], vec![0]), Err(DatasetError::Classes(1)));
    assert_eq!(
        new(2, 2, vec![1], vec![0]),
        Err(DatasetError::Shape {
            values: 1,
            labels: 1,
            features: 2
        })
    );
    assert_eq!(
        new(1, 2, vec![1, 2], vec![0, 2]),
        Err(DatasetError::Label {
            row: 1,
            label: 2,
            classes: 2
        })
    );
}
