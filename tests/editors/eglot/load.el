;;; load.el --- Makes eglot known, or fails  -*- lexical-binding: t; -*-

;; Emacs has eglot since version 29; before that it is a package of the machine (Debian: elpa-eglot).
;; Packages and settings of the person who runs this are left alone.

(require 'package)
(setq user-emacs-directory (file-name-as-directory (make-temp-file "orm-emacs" t))
      package-user-dir (expand-file-name "elpa" user-emacs-directory))
(add-hook 'kill-emacs-hook (lambda () (delete-directory user-emacs-directory t)))
(package-activate-all)
(unless (locate-library "eglot")
  (error "This Emacs (%s) has no eglot" emacs-version))

;;; load.el ends here
