use super::*;
use alloc::vec;
use proptest::prelude::*;

fn schema(lower: &str, upper: &str) -> Schema {
    Schema {
        columns: vec![Column {
            name: "a".into(),
            lower: lower.into(),
            upper: upper.into(),
        }],
        label: LabelColumn {
            name: "b".into(),
            classes: vec!["no".into(), "yes".into()],
        },
    }
}

fn quantise(lower: &str, upper: &str, value: &str) -> Result<u8, SchemaError> {
    let schema = schema(lower, upper);
    Ok(schema.quantiser()?.features([value].into_iter())?[0])
}

#[test]
fn bounds_map_to_0_and_255_and_halves_round_up() {
    assert_eq!(quantise("0", "255", "0"), Ok(0));
    assert_eq!(quantise("0", "255", "255"), Ok(255));
    assert_eq!(quantise("0", "255", "0.5"), Ok(1));
    assert_eq!(quantise("0", "255", "0.49999999"), Ok(0));
    assert_eq!(quantise("-1.5", "1.5", "0"), Ok(128));
    assert_eq!(quantise("1e-3", "2.55E-1", "1.28e-1"), Ok(128));
}

#[test]
fn values_outside_the_bounds_are_clamped() {
    assert_eq!(quantise("0.1", "0.2", "-7"), Ok(0));
    assert_eq!(quantise("0.1", "0.2", "1e9"), Ok(255));
    assert_eq!(quantise("0.001", "1", "1e28"), Ok(255));
}

#[test]
fn what_is_no_finite_number_is_refused() {
    for text in [
        "NaN",
        "inf",
        "-Infinity",
        "",
        "-",
        "1_0",
        "0x1",
        "1.2.3",
        "--1",
        "1e",
        "e5",
    ] {
        let found = quantise("0", "1", text);
        assert_eq!(found, Err(SchemaError::NotANumber(text.into())), "{text}");
    }
    let long = "1".repeat(40);
    assert_eq!(
        quantise("0", "1", &long),
        Err(SchemaError::TooPrecise(long.clone()))
    );
}

#[test]
fn an_unusable_schema_is_refused() {
    assert!(matches!(
        schema("1", "1").digest(),
        Err(SchemaError::Bounds { .. })
    ));
    assert!(matches!(
        schema("x", "1").digest(),
        Err(SchemaError::NotANumber(_))
    ));
    let mut twice = schema("0", "1");
    twice.label.classes[1] = "no".into();
    assert_eq!(twice.digest(), Err(SchemaError::Duplicate("no".into())));
    let mut blank = schema("0", "1");
    blank.label.classes[1] = "yes ".into();
    assert_eq!(blank.digest(), Err(SchemaError::Untrimmed("yes ".into())));
    let mut label_is_a_column = schema("0", "1");
    label_is_a_column.label.name = "a".into();
    assert!(matches!(
        label_is_a_column.digest(),
        Err(SchemaError::Duplicate(_))
    ));
}

#[test]
fn a_label_is_its_class_number() {
    let schema = schema("0", "1");
    let quantiser = schema.quantiser().unwrap();
    assert_eq!(quantiser.label("yes"), Ok(1));
    assert!(matches!(
        quantiser.label("maybe"),
        Err(SchemaError::UnknownClass { .. })
    ));
}

#[test]
fn every_part_changes_the_digest() {
    let digest = schema("0", "1").digest().unwrap();
    assert_ne!(schema("0", "1.0").digest().unwrap(), digest);
    let mut renamed = schema("0", "1");
    renamed.label.classes.swap(0, 1);
    assert_ne!(renamed.digest().unwrap(), digest);
}

proptest! {
    #[test]
    fn quantising_is_exact(lower in -1000i64..1000, width in 1i64..2000, value in -4000i64..4000) {
        let text = |n: i64| alloc::format!("{}{}.{:02}", if n < 0 { "-" } else { "" }, n.abs() / 100, n.abs() % 100);
        let found = quantise(&text(lower), &text(lower + width), &text(value)).unwrap();
        let exact = (510 * (value - lower) + width).div_euclid(2 * width).clamp(0, 255);
        prop_assert_eq!(i64::from(found), exact);
    }

    #[test]
    fn no_text_panics(text in ".{0,70}") {
        let _ = quantise("-0.001", "79228162514264337593543950335", &text);
    }
}
