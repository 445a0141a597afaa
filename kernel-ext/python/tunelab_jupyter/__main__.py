from tunelab_jupyter import SANITIZE_FILE

print(SANITIZE_FILE)
