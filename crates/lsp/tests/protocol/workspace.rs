//! Several projects, settings in the editor, folders that come and go, and how files and URIs may be spelled.

use std::fs;

use serde_json::{Value, json};

use crate::{
    client::{Client, UNTITLED, capabilities, position, range, uri},
    folder::{NOTHING, POSTS, USERS, client_in, project, write},
};

#[tokio::test]
async fn projects_in_several_folders_and_in_each_other_stay_apart() {
    let first = project(&[("orm.toml", ""), ("users.orm", USERS), ("inner/orm.toml", ""), ("inner/posts.orm", POSTS)]);
    let second = project(&[("orm.toml", ""), ("posts.orm", POSTS)]);
    let mut client = Client::start(capabilities(), &[first.path(), second.path()]).await;
    // Of the inner project nobody has opened a file.
    assert_eq!(client.messages(&uri(&second.path().join("posts.orm")), None).await.len(), 1);
    let inner = uri(&first.path().join("inner/posts.orm"));
    client.open(&inner, POSTS).await;
    assert_eq!(client.messages(&inner, Some(1)).await, ["there is no table `users`"]);
    let outer = uri(&first.path().join("posts.orm"));
    client.open(&outer, POSTS).await;
    assert_eq!(client.diagnostics(&outer, Some(1)).await, NOTHING);
    let found = client.request("workspace/symbol", json!({ "query": "posts" })).await;
    assert_eq!(found["result"].as_array().unwrap().len(), 3, "{found}");
}

#[tokio::test]
async fn settings_count_while_they_are_typed() {
    let folder = project(&[("orm.toml", "[lint]\n"), ("users.orm", "table users {\n  id  uuid\n}\n")]);
    let mut client = client_in(&folder).await;
    let (settings, users) = (uri(&folder.path().join("orm.toml")), uri(&folder.path().join("users.orm")));
    assert_eq!(client.diagnostics(&users, None).await[0]["severity"], 1);
    client.open(&settings, "[lint]\n").await;
    client.change(&settings, 2, range((1, 0), (1, 0)), "unused-enum = 'of'\n").await;
    let found = client.diagnostics(&settings, Some(2)).await;
    assert_eq!(found[0]["range"], range((1, 14), (1, 18)), "{found:?}");
    client.change(&settings, 3, range((1, 14), (1, 18)), "'off'").await;
    assert_eq!(client.diagnostics(&settings, None).await, NOTHING);

    // Other files belong to the project, and back again when nothing was saved.
    client.change(&settings, 4, Value::Null, "schema.files = 'other/*.orm'\n").await;
    assert_eq!(client.diagnostics(&users, None).await, NOTHING);
    client.close(&settings).await;
    assert_eq!(client.diagnostics(&users, None).await.len(), 1);
}

#[tokio::test]
async fn what_is_saved_counts_less_than_what_is_typed() {
    let folder = project(&[("orm.toml", ""), ("users.orm", USERS)]);
    let mut client = client_in(&folder).await;
    let settings = folder.path().join("orm.toml");
    client.open(&uri(&settings), "[lint\n").await;
    assert_eq!(client.diagnostics(&uri(&settings), Some(1)).await.len(), 1);
    write(folder.path(), "orm.toml", "[targets]\n");
    client.file_changed(&settings, 2).await;
    client.change(&uri(&settings), 2, Value::Null, "[lint]\n").await;
    assert_eq!(client.diagnostics(&uri(&settings), None).await, NOTHING);
}

#[tokio::test]
async fn texts_of_other_languages_are_left_alone() {
    let folder = project(&[("orm.toml", "")]);
    let mut client = client_in(&folder).await;
    let sql = uri(&folder.path().join("orm-migrations/a.sql"));
    let document = json!({ "uri": sql, "languageId": "sql", "version": 1, "text": "SELECT 1;" });
    client.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    assert_eq!(client.at("textDocument/hover", &sql, 0, 1).await, Value::Null);
    client.change(&sql, 2, range((0, 0), (0, 0)), "x").await;
    let users = uri(&folder.path().join("users.orm"));
    client.open(&users, USERS).await;
    assert_eq!(client.diagnostics(&users, Some(1)).await, NOTHING);
    assert!(!client.has_notification("textDocument/publishDiagnostics"));
}

#[tokio::test]
async fn a_folder_is_renamed_and_deleted() {
    let folder = project(&[("orm.toml", ""), ("a/users.orm", USERS), ("posts.orm", POSTS)]);
    let mut client = client_in(&folder).await;
    let posts = uri(&folder.path().join("posts.orm"));
    client.open(&posts, POSTS).await;
    assert_eq!(client.diagnostics(&posts, Some(1)).await, NOTHING);
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));

    fs::rename(&a, &b).unwrap();
    let renamed = json!({ "files": [{ "oldUri": uri(&a), "newUri": uri(&b) }] });
    client.notify("workspace/didRenameFiles", renamed).await;
    let found = client.at("textDocument/definition", &posts, 1, 41).await;
    assert_eq!(found[0]["targetUri"], uri(&b.join("users.orm")));

    fs::remove_dir_all(&b).unwrap();
    client.file_changed(&b, 3).await;
    assert_eq!(client.messages(&posts, None).await, ["there is no table `users`"]);

    write(folder.path(), "c/users.orm", USERS);
    let created = json!({ "files": [{ "uri": uri(&folder.path().join("c")) }] });
    client.notify("workspace/didCreateFiles", created).await;
    assert_eq!(client.diagnostics(&posts, None).await, NOTHING);
}

#[tokio::test]
async fn a_project_that_is_deleted_is_forgotten() {
    let folder = project(&[("inner/orm.toml", ""), ("inner/posts.orm", POSTS)]);
    let inner = folder.path().join("inner");
    let mut client = Client::start(capabilities(), &[folder.path(), &inner]).await;
    let posts = uri(&inner.join("posts.orm"));
    assert_eq!(client.messages(&posts, None).await.len(), 1);
    fs::remove_dir_all(&inner).unwrap();
    client.file_changed(&inner, 3).await;
    assert_eq!(client.diagnostics(&posts, None).await, NOTHING);
}

#[tokio::test]
async fn what_git_leaves_out_may_change() {
    let folder = project(&[("orm.toml", ""), ("a/posts.orm", POSTS)]);
    let mut client = client_in(&folder).await;
    let posts = uri(&folder.path().join("a/posts.orm"));
    assert_eq!(client.messages(&posts, None).await.len(), 1);
    let ignore = write(folder.path(), ".gitignore", "a/\n");
    client.file_changed(&ignore, 1).await;
    assert_eq!(client.diagnostics(&posts, None).await, NOTHING);
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_followed() {
    let real = project(&[("orm.toml", ""), ("shared.orm", USERS)]);
    let around = tempfile::tempdir().unwrap();
    let link = around.path().join("link");
    std::os::unix::fs::symlink(real.path(), &link).unwrap();
    write(real.path(), "posts.orm", POSTS);
    std::os::unix::fs::symlink(real.path().join("shared.orm"), around.path().join("users.orm")).unwrap();
    write(around.path(), "posts.orm", POSTS);
    // The root is a link, and a file is one.
    for root in [link.as_path(), around.path()] {
        let mut client = Client::start(capabilities(), &[root]).await;
        let posts = uri(&root.join("posts.orm"));
        client.open(&posts, POSTS).await;
        assert_eq!(client.diagnostics(&posts, Some(1)).await, NOTHING, "{}", root.display());
    }
}

#[tokio::test]
async fn names_of_files_may_be_in_any_language() {
    let folder = project(&[("orm.toml", ""), ("a b/schéma #1 語.orm", USERS)]);
    let mut client = client_in(&folder).await;
    let posts = uri(&folder.path().join("posts.orm"));
    client.open(&posts, POSTS).await;
    assert_eq!(client.diagnostics(&posts, Some(1)).await, NOTHING);
    let found = client.at("textDocument/definition", &posts, 1, 41).await;
    let target = found[0]["targetUri"].as_str().unwrap();
    assert!(target.ends_with("/a%20b/sch%C3%A9ma%20%231%20%E8%AA%9E.orm"), "{target}");
    // The client may spell it otherwise, and hears of it as it spells it.
    let mine = target.replace("%C3%A9", "%c3%a9");
    client.open(&mine, "table users {\n  id  uid  @primary_key\n}\n").await;
    assert_eq!(client.diagnostics(&mine, Some(1)).await.len(), 1);
    let found = client.at("textDocument/definition", &posts, 1, 41).await;
    assert_eq!(found[0]["targetUri"], mine);
}

#[tokio::test]
async fn a_document_is_one_however_its_uri_is_spelled() {
    let folder = project(&[("orm.toml", ""), ("users.orm", USERS), ("a b/posts.orm", POSTS)]);
    let root = uri(folder.path()).replace("file://", "");
    // What answers are spelled like: what no URI may hold is written as it must be.
    for (opened, answered) in [
        ("file://ROOT/a%20b/posts.orm", None),
        ("file://ROOT/a b/posts.orm", Some("file://ROOT/a%20b/posts.orm")),
        ("file://ROOT/%61%20b/posts.orm", None),
        ("file://localhostROOT/a%20b/posts.orm", None),
        ("FILE://ROOT/a%20b/posts.orm", None),
        ("file://ROOT//a%20b/./posts.orm", None),
        ("file://ROOT/other/../a%20b/posts.orm", None),
    ] {
        let spelled = |uri: &str| uri.replace("ROOT", &root);
        let (opened, answered) = (spelled(opened), spelled(answered.unwrap_or(opened)));
        let mut client = client_in(&folder).await;
        client.open(&opened, &POSTS.replace("uuid", "uid")).await;
        assert_eq!(client.messages(&answered, Some(1)).await.len(), 1, "{opened}");
        let other = spelled("file://ROOT/a%20b//posts.orm");
        client.change(&other, 2, range((1, 6), (1, 9)), "uuid").await;
        assert_eq!(client.diagnostics(&answered, Some(2)).await, NOTHING, "{opened}");
        let references = json!({ "includeDeclaration": true });
        let params = json!({ "textDocument": { "uri": other }, "position": position(0, 7), "context": references });
        let names = client.request("textDocument/references", params).await["result"].take();
        assert_eq!(names, json!([{ "uri": answered, "range": range((0, 6), (0, 11)) }]));
        client.close(&other).await;
        client.file_changed(&folder.path().join("users.orm"), 2).await;
        let found = client.request("workspace/symbol", json!({ "query": "posts" })).await;
        assert_eq!(found["result"].as_array().unwrap().len(), 1, "{found}");
    }
}

#[tokio::test]
async fn what_is_no_file_stands_alone() {
    let folder = project(&[("orm.toml", ""), ("users.orm", USERS)]);
    let mut client = client_in(&folder).await;
    for uri in ["git:/a/posts.orm?ref=HEAD", "vscode-vfs://github/a/posts.orm", "untitled:Untitled-1"] {
        client.open(uri, POSTS).await;
        assert_eq!(client.messages(uri, Some(1)).await, ["there is no table `users`"]);
    }
}

#[tokio::test]
async fn characters_are_counted_as_agreed_in_every_answer() {
    let text = "table t {\n  id  uuid  @primary_key\n  a  text  @check(a != \"😀ä\" and a != \"\")\n}\n";
    for (encodings, agreed, column) in [
        (json!(["utf-32", "utf-8", "utf-16"]), "utf-8", 36),
        (json!(["utf-16"]), "utf-16", 33),
        (json!(["utf-32", "utf-16"]), "utf-32", 32),
    ] {
        let mut capabilities = capabilities();
        capabilities["general"] = json!({ "positionEncodings": encodings });
        let mut client = Client::start(capabilities, &[]).await;
        assert_eq!(client.initialized["capabilities"]["positionEncoding"], agreed);
        client.open(UNTITLED, text).await;
        let last = range((2, column), (2, column + 1));
        let params = json!({
            "textDocument": { "uri": UNTITLED }, "position": position(2, column), "newName": "b",
            "positions": [position(2, column)], "range": range((0, 0), (9, 0)), "context": { "includeDeclaration": true },
        });
        for (method, pointer) in [
            ("references", "/2/range"),
            ("documentHighlight", "/2/range"),
            ("rename", "/changes/untitled:Untitled-1/2/range"),
            ("prepareRename", "/range"),
            ("selectionRange", "/0/range"),
            ("hover", "/range"),
            ("definition", "/0/originSelectionRange"),
        ] {
            let answer = client.request(&format!("textDocument/{method}"), params.clone()).await;
            assert_eq!(answer["result"].pointer(pointer), Some(&last), "{method} {agreed} {answer}");
        }
        let tokens = client.request("textDocument/semanticTokens/full", params.clone()).await;
        let tokens = tokens["result"]["data"].as_array().unwrap().chunks(5).next_back().unwrap().to_vec();
        assert_eq!((&tokens[0], &tokens[1], &tokens[2]), (&json!(0), &json!(column - 18), &json!(1)), "{agreed}");
    }
}

#[tokio::test]
async fn edits_keep_the_line_ends_of_the_file() {
    let mut client = Client::plain().await;
    let uri = "untitled:a";
    client.open(uri, "table t {\r\n  id uuid\r\n  name text\r\n}\r\n").await;
    let params = json!({ "textDocument": { "uri": uri }, "options": { "tabSize": 2, "insertSpaces": true } });
    let edits = client.request("textDocument/formatting", params).await["result"].take();
    let all = edits.as_array().unwrap();
    assert!(
        !all.is_empty() && all.iter().all(|it| it["newText"].as_str().is_some_and(|it| it.ends_with("\r\n"))),
        "{edits}"
    );

    let actions =
        json!({ "textDocument": { "uri": uri }, "range": range((0, 0), (0, 7)), "context": { "diagnostics": [] } });
    let actions = client.request("textDocument/codeAction", actions).await["result"].take();
    let inserts =
        actions.as_array().unwrap().iter().map(|it| it["edit"]["changes"][uri][0]["newText"].as_str().unwrap());
    let with_lines: Vec<_> = inserts.filter(|it| it.contains('\n')).collect();
    assert!(with_lines.iter().all(|it| it.matches('\n').count() == it.matches("\r\n").count()), "{with_lines:?}");
}

#[tokio::test]
async fn no_progress_is_shown_of_what_is_quick() {
    let folder = project(&[("orm.toml", ""), ("posts.orm", POSTS)]);
    let mut capabilities = capabilities();
    capabilities["window"] = json!({ "workDoneProgress": true });
    let mut client = Client::start(capabilities, &[folder.path()]).await;
    assert_eq!(client.messages(&uri(&folder.path().join("posts.orm")), None).await.len(), 1);
    assert!(!client.server_requests.iter().any(|it| it["method"] == "window/workDoneProgress/create"));
}

#[tokio::test]
async fn a_load_that_takes_long_is_shown_until_it_is_done() {
    let tables = |file: usize| {
        let table = |it: usize| format!("table t{file}_{it} {{\n  id  uuid  @primary_key\n  name  text\n}}\n\n");
        (0..2_000).map(table).collect::<String>()
    };
    let folder = project(&[("orm.toml", "")]);
    for file in 0..8 {
        fs::write(folder.path().join(format!("{file}.orm")), tables(file)).unwrap();
    }
    let mut capabilities = capabilities();
    capabilities["window"] = json!({ "workDoneProgress": true });
    let mut client = Client::start(capabilities, &[folder.path()]).await;
    let begin = client.notification("$/progress").await;
    assert_eq!(begin["value"]["kind"], "begin");
    assert_eq!(begin["value"]["title"], "orm: reading the schema");
    let created = client.server_requests.iter().find(|it| it["method"] == "window/workDoneProgress/create").unwrap();
    assert_eq!(created["params"]["token"], begin["token"]);
    let end = client.notification("$/progress").await;
    assert_eq!((&end["token"], &end["value"]["kind"]), (&begin["token"], &json!("end")));
}
