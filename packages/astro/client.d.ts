/// <reference types="@hero-image/core/client" />
