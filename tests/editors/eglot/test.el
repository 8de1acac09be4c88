;;; test.el --- Emacs itself, with eglot as docs/editor-setup.md says  -*- lexical-binding: t; -*-

;;   ORM_BIN=… emacs --batch -l tests/editors/eglot/test.el

(require 'cl-lib)

(defconst patience (string-to-number (or (getenv "ORM_PATIENCE") "60"))
  "Seconds that anything may take before it counts as missing.")
(defconst here (file-name-directory load-file-name))
(defconst root (expand-file-name "../../.." here))
(defvar passed 0)
(defvar failed 0)

(load (expand-file-name "load.el" here) nil t)

(defmacro check (name &rest body)
  "Run BODY, which fails by signalling; the next check runs all the same."
  (declare (indent 1))
  `(condition-case problem
       (progn ,@body
              (cl-incf passed)
              (princ (format "ok %s\n" ,name)))
     (error (cl-incf failed)
            (princ (format "not ok %s\n%S\n" ,name problem)))))

(defun be-idle ()
  "What happens when a person has done something and pauses: without a command loop nothing happens by itself."
  (run-hooks 'post-command-hook)
  (dolist (timer (copy-sequence timer-idle-list))
    (timer-event-handler timer)))

(defmacro eventually (what &rest body)
  "Wait until BODY gives something, and return that."
  (declare (indent 1))
  `(let ((end (+ (float-time) patience)) value)
     (while (not (setq value (progn ,@body)))
       (when (> (float-time) end) (error "%s: not in time" ,what))
       (accept-process-output nil 0.02)
       (be-idle))
     value))

(defun equals (actual expected)
  (unless (equal actual expected)
    (error "Expected %S, got %S" expected actual)))

(defun contains (text part)
  (unless (string-match-p (regexp-quote part) text)
    (error "%S is not in:\n%s" part text)))

(defun go-to (text)
  "Put the cursor on the first character of the first TEXT."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun retype (text replacement)
  "Type REPLACEMENT in place of the first TEXT."
  (go-to text)
  (delete-char (length text))
  (insert replacement))

(defun errors ()
  (seq-filter (lambda (it) (memq (flymake-diagnostic-type it) '(eglot-error :error)))
              (flymake-diagnostics)))

(defun documented ()
  "The forms of the section about Emacs, a list for each block of code."
  (with-temp-buffer
    (insert-file-contents (expand-file-name "docs/editor-setup.md" root))
    (re-search-forward "^## Emacs$")
    (narrow-to-region (point) (save-excursion (re-search-forward "^## ") (match-beginning 0)))
    (let (blocks)
      (while (re-search-forward "^```elisp\n\\(\\(?:.*\n\\)*?\\)```$" nil t)
        (push (car (read-from-string (format "(%s)" (match-string 1)))) blocks))
      (nreverse blocks))))

(defconst folder (file-name-as-directory (file-truename (make-temp-file "orm-eglot" t))))
(defconst schema (expand-file-name "services/uploads/schema/uploads.orm" folder))
(defconst queries (expand-file-name "services/uploads/schema/queries.orm" folder))

;; A repository with the project in a folder of it, and the program on PATH.
(let ((bin (expand-file-name "bin" folder))
      (project (expand-file-name "services/uploads" folder)))
  (make-directory (file-name-directory project) t)
  (copy-directory (expand-file-name "examples/uploads" root) project)
  (write-region "" nil (expand-file-name "orm.toml" project) nil 'quiet)
  (make-directory bin)
  (make-symbolic-link (getenv "ORM_BIN") (expand-file-name "orm" bin))
  (setenv "PATH" (concat bin path-separator (getenv "PATH")))
  (push bin exec-path)
  (let ((default-directory folder))
    (process-file "git" nil nil nil "init" "--quiet")))

(pcase-let ((`(,setup ,options) (documented)))
  (check "what the documentation says can be evaluated"
    (mapc (lambda (it) (eval it t)) setup))

  (check "a file that ends in .orm starts the server"
    (find-file schema)
    (equals major-mode 'orm-mode)
    (be-idle)
    (eventually "eglot manages the buffer" (and (fboundp 'eglot-managed-p) (eglot-managed-p)))
    (equals (errors) nil))

  (check "the mode of the documentation has colours and comments"
    (font-lock-ensure)
    (cl-flet ((face (text) (go-to text) (get-text-property (point) 'face)))
      (equals (face "table users") 'font-lock-keyword-face)
      (equals (face "users {") 'font-lock-type-face)
      (equals (face "@unique") 'font-lock-builtin-face)
      (equals (face "Columns that record") 'font-lock-comment-face))
    (go-to "  email  text")
    (comment-line 1)
    (contains (buffer-string) "\n  // email  text   @unique\n")
    (go-to "  // email")
    (comment-line 1)
    (contains (buffer-string) "\n  email  text   @unique\n"))

  (check "flymake underlines what is wrong while it is typed"
    (retype "name   text?" "name   txet?")
    (let ((found (car (eventually "an error" (errors)))))
      (equals (buffer-substring-no-properties (flymake-diagnostic-beg found) (flymake-diagnostic-end found)) "txet")
      (contains (flymake-diagnostic-text found) "txet")))

  (check "a code action corrects it"
    (go-to "txet")
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt items &rest _)
                 (car (seq-find (lambda (it) (string-match-p "text" (car it))) items))))
              (last-nonmenu-event t))
      (eglot-code-actions (point) (+ (point) 4) nil t))
    (contains (buffer-string) "name   text?")
    (eventually "no error" (not (errors))))

  (check "completion at point knows the types"
    (retype "name   text?" "name   varch")
    (completion-at-point)
    (contains (buffer-string) "name   varchar")
    (retype "name   varchar" "name   text?"))

  (check "eldoc shows the DDL of both databases"
    (let* ((shown "")
           (eldoc-display-functions
            (list (lambda (docs _interactive) (setq shown (mapconcat #'car docs "\n"))))))
      (go-to "users {")
      (eldoc t)
      (eventually "a documentation" (string-match-p "CREATE TABLE" shown))
      (dolist (part '("PostgreSQL" "UUID" "Spanner" "STRING(36)"))
        (contains shown part))))

  (check "M-. leads from a relation to its table in another file"
    (find-file queries)
    (eventually "eglot manages the buffer" (eglot-managed-p))
    (go-to "posts(order_by")
    (xref-find-definitions (xref-backend-identifier-at-point (xref-find-backend)))
    (equals (buffer-file-name) schema)
    (equals (thing-at-point 'line t) "table posts {\n"))

  (check "M-? finds references in every file"
    (go-to "posts {")
    (let* ((places (xref-backend-references 'eglot (xref-backend-identifier-at-point 'eglot)))
           (files (mapcar (lambda (it) (file-name-nondirectory (xref-location-group (xref-item-location it)))) places)))
      (equals (sort (delete-dups files) #'string<) '("queries.orm" "uploads.orm"))))

  (check "a mixin leads to what spreads it, a column to its type"
    (cl-flet ((found (command text)
                (with-current-buffer (find-buffer-visiting schema)
                  (go-to text)
                  (save-window-excursion (funcall command)))
                (with-current-buffer "*xref*" (buffer-substring-no-properties (point-min) (point-max)))))
      (contains (found #'eglot-find-implementation "OwnableResource {") "...OwnableResource")
      (contains (found #'eglot-find-typeDefinition "visibility  Visibility") "enum Visibility")))

  (check "imenu has the outline"
    (contains (format "%S" (eglot-imenu)) "uploads")
    (contains (format "%S" (eglot-imenu)) "file_name"))

  (check "format indents"
    (retype "  email  text   @unique" "        email text @unique")
    (eglot-format-buffer)
    (contains (buffer-string) "\n  email  text   @unique\n")
    (be-idle))

  (check "rename changes every file, and keeps the data of what was migrated"
    (go-to "users {")
    (cl-letf (((symbol-function 'y-or-n-p) #'always))
      (eglot-rename "people"))
    (contains (buffer-string) "table people @was(users) {")
    (contains (buffer-string) "@references(people.id")
    (with-current-buffer (find-buffer-visiting queries)
      (contains (buffer-string) "from people")
      (set-buffer-modified-p nil))
    (set-buffer-modified-p nil))

  (check "the options of the documentation reach the server"
    (eglot-shutdown (eglot-current-server))
    (mapc #'kill-buffer (seq-filter #'buffer-file-name (buffer-list)))
    (add-to-list 'eglot-server-programs (car options))
    (find-file schema)
    (be-idle)
    (eventually "eglot manages the buffer" (eglot-managed-p))
    (let ((hints (format "%S" (jsonrpc-request (eglot-current-server) :textDocument/inlayHint
                                               `(:textDocument ,(eglot--TextDocumentIdentifier)
                                                 :range (:start (:line 0 :character 0) :end (:line 60 :character 0)))))))
      ;; Those of columns are off, those of spreads are there.
      (contains hints "created_at")
      (cl-assert (not (string-match-p "STRING(36)" hints)) nil "the option had no effect: %s" hints)))

  (check "the server ends when it is told to"
    (let ((server (eglot-current-server)))
      (eglot-shutdown server)
      (eventually "the server is gone" (not (jsonrpc-running-p server))))))

(delete-directory folder t)
(princ (format "%d passed, %d failed\n" passed failed))
(kill-emacs (if (and (= failed 0) (> passed 0)) 0 1))

;;; test.el ends here
