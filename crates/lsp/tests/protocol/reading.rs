//! What an editor shows around the text: symbols of the project, colours, hints, signatures, lenses, folding, links.

use serde_json::{Value, json};

use crate::client::{Client, UNTITLED, capabilities, position, range};

const SCHEMA: &str = "// a\n// orm-allow unused-mixin: kept\nmixin Times {\n  at  timestamptz\n}\ntable users {\n  /* 😀 */ \
                      id  uuid  @primary_key\n  name  text  @check(lower(name) != \"\")\n  ...Times\n}\n";

async fn client() -> Client {
    let mut client = Client::start(capabilities(), &[]).await;
    client.open(UNTITLED, SCHEMA).await;
    client
}

async fn ask(client: &mut Client, method: &str, more: Value) -> Value {
    let mut params = json!({ "textDocument": { "uri": UNTITLED } });
    if let (Some(params), Some(more)) = (params.as_object_mut(), more.as_object()) {
        params.extend(more.clone());
    }
    client.request(method, params).await["result"].take()
}

#[tokio::test]
async fn symbols_of_the_project_are_found_by_letters() {
    let mut client = client().await;
    let found = client.request("workspace/symbol", json!({ "query": "nam" })).await["result"].take();
    let location = json!({ "uri": UNTITLED, "range": range((7, 2), (7, 6)) });
    assert_eq!((&found[0]["name"], &found[0]["containerName"]), (&json!("name"), &json!("users")));
    assert_eq!(found[0]["location"], location);
}

#[tokio::test]
async fn names_have_their_colours_and_only_changes_are_sent() {
    let mut client = client().await;
    let legend = client.initialized["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"].clone();
    let all = ask(&mut client, "textDocument/semanticTokens/full", json!({})).await;
    let data: Vec<u64> = all["data"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    // `Times` of the mixin.
    assert_eq!(data[..5], [2, 6, 5, 2, 1], "{all}");
    assert_eq!(legend[2], "interface");
    let part = json!({ "range": range((0, 0), (3, 0)) });
    let some = ask(&mut client, "textDocument/semanticTokens/range", part).await;
    assert_eq!(some["data"].as_array().unwrap()[..5], all["data"].as_array().unwrap()[..5]);
    client.change(UNTITLED, 2, range((0, 0), (0, 0)), "\n").await;
    let before = json!({ "previousResultId": all["resultId"] });
    let delta = ask(&mut client, "textDocument/semanticTokens/full/delta", before).await;
    assert_eq!(delta["edits"], json!([{ "start": 0, "deleteCount": 5, "data": [3, 6, 5, 2, 1] }]));
    let unknown = json!({ "previousResultId": "none" });
    let full = ask(&mut client, "textDocument/semanticTokens/full/delta", unknown).await;
    assert_eq!(full["data"].as_array().unwrap().len(), data.len());
}

#[tokio::test]
async fn hints_stand_behind_types() {
    let mut client = client().await;
    let hints = ask(&mut client, "textDocument/inlayHint", json!({ "range": range((5, 0), (9, 0)) })).await;
    let shown: Vec<_> =
        hints.as_array().unwrap().iter().map(|it| (it["position"].clone(), it["label"].clone())).collect();
    let expected = [
        (position(6, 19), json!("UUID · STRING(36)")),
        (position(7, 12), json!("TEXT · STRING(MAX)")),
        (position(8, 10), json!("at")),
    ];
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn a_signature_shows_the_parameter_that_is_typed() {
    let mut client = client().await;
    let help = client.at("textDocument/signatureHelp", UNTITLED, 7, 27).await;
    let signature = &help["signatures"][0];
    assert_eq!((&signature["label"], &help["activeParameter"]), (&json!("lower(text: text): text"), &json!(0)));
    assert_eq!(signature["parameters"][0]["label"], "text: text");
    assert_eq!(client.at("textDocument/signatureHelp", UNTITLED, 5, 0).await, Value::Null);
}

#[tokio::test]
async fn a_lens_is_counted_when_it_is_looked_at() {
    let mut client = client().await;
    let lenses = ask(&mut client, "textDocument/codeLens", json!({})).await;
    assert_eq!((lenses.as_array().unwrap().len(), &lenses[0]["command"]), (2, &Value::Null));
    let lens = client.request("codeLens/resolve", lenses[0].clone()).await["result"].take();
    assert_eq!((&lens["command"]["title"], &lens["range"]), (&json!("1 reference"), &range((2, 6), (2, 11))));
    let lens = client.request("codeLens/resolve", lenses[1].clone()).await["result"].take();
    assert_eq!(lens["command"]["title"], "0 references");
}

#[tokio::test]
async fn bodies_fold_selections_grow_and_codes_are_links() {
    let mut client = client().await;
    let folding = ask(&mut client, "textDocument/foldingRange", json!({})).await;
    let lines: Vec<_> =
        folding.as_array().unwrap().iter().map(|it| (it["startLine"].clone(), it["endLine"].clone())).collect();
    assert_eq!(lines, [(json!(0), json!(1)), (json!(2), json!(4)), (json!(5), json!(9))]);
    let selections = json!({ "positions": [position(7, 27)] });
    let grown = ask(&mut client, "textDocument/selectionRange", selections).await;
    assert_eq!(grown[0]["range"], range((7, 27), (7, 31)), "{grown}");
    assert!(grown[0]["parent"].is_object());
    let links = ask(&mut client, "textDocument/documentLink", json!({})).await;
    assert_eq!(links[0]["range"], range((1, 13), (1, 25)));
    assert!(links[0]["target"].as_str().is_some_and(|it| it.ends_with("ORM199.md")), "{links}");
}

/// Somebody types faster than the list of what may be typed comes. The client filters what it gets by what was typed since.
#[tokio::test]
async fn what_may_be_typed_is_told_of_the_text_that_was_asked_about() {
    let mut client = Client::start(capabilities(), &[]).await;
    let text = "table users_0 {\n  id  uuid  @primary_key\n}\ntable b {\n  id  uuid  @references(\n}\n";
    client.open(UNTITLED, text).await;
    let here = json!({ "textDocument": { "uri": UNTITLED }, "position": position(4, 24) });
    let mut asked = Vec::new();
    for number in 0..500 {
        let list = client.ask("textDocument/completion", here.clone()).await;
        let signature = client.ask("textDocument/signatureHelp", here.clone()).await;
        let name = range((0, 12), (0, 12 + number.to_string().len() as u32));
        client.change(UNTITLED, number + 2, name, &(number + 1).to_string()).await;
        asked.push((number, list, signature));
        // Some are asked one after the other, and some while nothing else is done.
        if number % 3 == 0 {
            for (number, list, signature) in asked.drain(..) {
                let answer = client.answer(list).await;
                let first = &answer["result"]["items"][0]["label"];
                assert_eq!(*first, format!("users_{number}.id"), "{number}: {answer}");
                assert!(client.answer(signature).await["result"]["signatures"].is_array());
            }
        }
    }
}
